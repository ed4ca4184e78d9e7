"""A target as a running child: its folder, its network, its streams and its end."""
