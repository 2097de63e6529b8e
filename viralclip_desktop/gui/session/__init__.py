"""What the pages share: the open recording, the selected clip, the player, the undo trail."""
