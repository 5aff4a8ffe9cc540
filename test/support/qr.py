# SPDX-License-Identifier: Apache-2.0
"""Reads a QR code (ISO/IEC 18004, versions 1 to 6, level M, bytes) that is undamaged: what a phone
does after it has found the squares. Slow and plain, to check what the program draws."""
import re

DATA_BLOCKS = {1: [16], 2: [28], 3: [44], 4: [32] * 2, 5: [43] * 2, 6: [27] * 4}
MASKS = [
    lambda x, y: (x + y) % 2 == 0, lambda x, y: y % 2 == 0, lambda x, y: x % 3 == 0,
    lambda x, y: (x + y) % 3 == 0, lambda x, y: (y // 2 + x // 3) % 2 == 0,
    lambda x, y: x * y % 2 + x * y % 3 == 0, lambda x, y: (x * y % 2 + x * y % 3) % 2 == 0,
    lambda x, y: ((x + y) % 2 + x * y % 3) % 2 == 0,
]


def dark_of(svg):
    """(size, set of dark (x, y)) of the drawing: rectangles of one row each, four empty around."""
    left, top, width, height = map(int, re.search(r'viewBox="(-?\d+) (-?\d+) (\d+) (\d+)"', svg).groups())
    assert left == top == -4 and width == height, 'no room around the code'
    dark = set()
    for x, y, length in re.findall(r'M(\d+) (\d+)h(\d+)v1h-\3z', svg):
        dark |= {(int(x) + i, int(y)) for i in range(int(length))}
    return width - 8, dark


def is_pattern(size, x, y):
    """Finders with format bits, timing lines, and the alignment square: no data there."""
    corner = (x < 9 and y < 9) or (x < 9 and y >= size - 8) or (x >= size - 8 and y < 9)
    alignment = size > 21 and abs(x - (size - 7)) <= 2 and abs(y - (size - 7)) <= 2
    return corner or x == 6 or y == 6 or alignment


def bits_of(size, dark):
    mask = MASKS[sum((((2 + i, 8) in dark) ^ ((0b101 >> (2 - i)) & 1)) << (2 - i) for i in range(3))]
    upward, x = True, size - 1
    while x > 0:
        x -= x == 6
        for y in (range(size - 1, -1, -1) if upward else range(size)):
            for column in (x, x - 1):
                if not is_pattern(size, column, y):
                    yield ((column, y) in dark) ^ mask(column, y)
        upward, x = not upward, x - 2


def read(svg):
    """The text in the code of a page."""
    return read_modules(*dark_of(svg))


def read_pixels(width, height, is_dark):
    """The text in a code alone on its picture: is_dark(x, y) of each pixel. The first dark row is the
    top of a finder, seven modules wide."""
    rows = [y for y in range(height) if any(is_dark(x, y) for x in range(width))]
    columns = [x for x in range(width) if is_dark(x, rows[0] + 1)]
    side = next(i for i in range(1, width) if not is_dark(columns[0] + i, rows[0] + 1)) / 7
    size = round((rows[-1] + 1 - rows[0]) / side)
    side = (rows[-1] + 1 - rows[0]) / size
    return read_modules(size, {(x, y) for x in range(size) for y in range(size) if is_dark(
        int(columns[0] + (x + 0.5) * side), int(rows[0] + (y + 0.5) * side))})


def read_modules(size, dark):
    """The text in a code of size x size modules, of which these (x, y) are dark."""
    blocks = DATA_BLOCKS[(size - 17) // 4]
    bits = list(bits_of(size, dark))
    words = [sum(bit << (7 - i) for i, bit in enumerate(bits[at:at + 8])) for at in range(0, sum(blocks) * 8, 8)]
    data = b''.join(bytes(words[i::len(blocks)]) for i in range(len(blocks)))
    assert data[0] >> 4 == 4, 'not in bytes'
    length = (data[0] & 15) << 4 | data[1] >> 4
    return bytes((data[i] & 15) << 4 | data[i + 1] >> 4 for i in range(1, 1 + length)).decode()
