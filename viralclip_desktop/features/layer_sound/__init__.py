"""What is known of the sound of a file laid under or beside a clip: its wave and its beats."""

from viralclip_desktop.features.layer_sound.beats import beats_of, heard_of_file, loops
from viralclip_desktop.features.layer_sound.listening import LayerSound, listen

__all__ = ["LayerSound", "beats_of", "heard_of_file", "listen", "loops"]
