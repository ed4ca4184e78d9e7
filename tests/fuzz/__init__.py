"""What strangers write, fed to everything of ours that reads it; see ``every`` for what that is."""
