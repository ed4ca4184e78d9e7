"""Programs that do what their exercise asks, written as a careful student would.

Each file is one complete program with the standard library alone, to be read
from top to bottom and run as it stands. Several files hold the same
conversation in another style: threads, selectors, asyncio, socketserver.
"""
