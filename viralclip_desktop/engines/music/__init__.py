"""Notes turned into sound: a SoundFont player, a few sounds of our own, a room, and the mix."""
