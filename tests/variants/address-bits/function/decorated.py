"""Is decorated, and works in a thread."""

import functools
import threading


def in_a_thread(function):
    @functools.wraps(function)
    def wrapper(address):
        results = []

        def work():
            try:
                results.append(function(address))
            except ValueError as error:
                results.append(error)

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        if isinstance(results[0], ValueError):
            raise results[0]
        return results[0]

    return wrapper


@in_a_thread
def address_bits(address):
    numbers = [int(part) for part in address.split('.')]
    if len(numbers) != 4 or min(numbers) < 0 or max(numbers) > 255:
        raise ValueError(address)
    return '.'.join('%s' % format(number, 'b').rjust(8, '0') for number in numbers)
