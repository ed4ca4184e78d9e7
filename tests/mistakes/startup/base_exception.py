"""Raises an exception that is no Exception."""

class Stop(BaseException):
    pass


raise Stop('done')
