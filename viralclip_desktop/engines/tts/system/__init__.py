"""The voices of the system itself, each system by its own door: ``say`` of macOS, System.Speech of Windows by
way of PowerShell, and the modules of Speech Dispatcher on Linux."""
