#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Test vectors of doc/ledger-format.md, computed from that document and nothing of src/ledger.

    vectors.py OUTPUT.h       the vectors as C strings, for the unit tests
    vectors.py --markdown     the section "Test vectors" of the document
    vectors.py --check FILE   fails when the document does not show them

SM3 (GB/T 32905-2016) and Ed25519 (RFC 8032) are written out here; SHA-256 is hashlib's.
"""
import base64
import hashlib
import hmac
import struct
import sys

# ---- SM3 ----


def rotate(x, n):
    n %= 32
    return ((x << n) | (x >> (32 - n))) & 0xFFFFFFFF


def sm3(message):
    v = [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600,
         0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E]
    size = len(message) * 8
    message += b"\x80" + b"\x00" * ((55 - len(message)) % 64) + struct.pack(">Q", size)
    for start in range(0, len(message), 64):
        v = sm3_block(v, message[start:start + 64])
    return struct.pack(">8I", *v)


def sm3_block(v, block):
    w = list(struct.unpack(">16I", block))
    for j in range(16, 68):
        x = w[j - 16] ^ w[j - 9] ^ rotate(w[j - 3], 15)
        w.append(x ^ rotate(x, 15) ^ rotate(x, 23) ^ rotate(w[j - 13], 7) ^ w[j - 6])
    a, b, c, d, e, f, g, h = v
    for j in range(64):
        t = 0x79CC4519 if j < 16 else 0x7A879D8A
        ss1 = rotate((rotate(a, 12) + e + rotate(t, j)) & 0xFFFFFFFF, 7)
        ss2 = ss1 ^ rotate(a, 12)
        ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if j < 16 else (e & f) | (~e & 0xFFFFFFFF & g)
        tt1 = (ff + d + ss2 + (w[j] ^ w[j + 4])) & 0xFFFFFFFF
        tt2 = (gg + h + ss1 + w[j]) & 0xFFFFFFFF
        a, b, c, d = tt1, a, rotate(b, 9), c
        e, f, g, h = tt2 ^ rotate(tt2, 9) ^ rotate(tt2, 17), e, rotate(f, 19), g
    return [x ^ y for x, y in zip(v, (a, b, c, d, e, f, g, h))]


def sha256(message):
    return hashlib.sha256(message).digest()


# ---- Ed25519 ----

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def point_add(a, b):
    (x1, y1), (x2, y2) = a, b
    t = D * x1 * x2 * y1 * y2 % P
    x = (x1 * y2 + x2 * y1) * pow(1 + t, P - 2, P) % P
    y = (y1 * y2 + x1 * x2) * pow(1 - t, P - 2, P) % P
    return x, y


def point_times(n, point):
    result = (0, 1)
    while n:
        if n & 1:
            result = point_add(result, point)
        point = point_add(point, point)
        n >>= 1
    return result


BASE = (15112221349535400772501151409588531511454012693041857206046113283949847762202,
        46316835694926478169428394003475163141307993866256225615783033603165251855960)


def point_bytes(point):
    return (point[1] | (point[0] & 1) << 255).to_bytes(32, "little")


def ed25519(seed, message=None):
    """Public key, or signature of the message."""
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little") & ((1 << 254) - 8) | (1 << 254)
    public = point_bytes(point_times(scalar, BASE))
    if message is None:
        return public
    r = int.from_bytes(hashlib.sha512(digest[32:] + message).digest(), "little") % Q
    point = point_bytes(point_times(r, BASE))
    k = int.from_bytes(hashlib.sha512(point + public + message).digest(), "little") % Q
    return point + ((r + k * scalar) % Q).to_bytes(32, "little")


# ---- the format ----


def text(data):
    return struct.pack(">I", len(data)) + data


def key_of(salt, name):
    return hmac.new(salt, name, hashlib.sha256).digest()


def commitment(salt, name, value):
    return sha256(key_of(salt, name) + value)


def leaf_input(header, plain, texts, salts):
    out = b"\x01" + struct.pack(">qqq", *header[:3])
    out += b"".join(text(part) for part in header[3:])
    out += struct.pack(">II", len(plain), len(texts))
    for part, fields in enumerate((plain, texts)):
        for name, value in sorted(fields):
            out += bytes([part]) + text(name) + commitment(salts[part], name, value)
    return out


def part(fields):
    out = b"\x01" + struct.pack(">I", len(fields))
    for name, value in sorted(fields):
        out += b"\x00" + text(name) + text(value)
    return out


def erased_part(fields, salt, prefix):
    out = b"\x01" + struct.pack(">I", len(fields))
    for name, value in sorted(fields):
        if name.startswith(prefix):
            out += b"\x01" + text(name) + commitment(salt, name, value)
        else:
            out += b"\x02" + text(name) + key_of(salt, name) + text(value)
    return out


def root(leaves, hash_):
    """RFC 9162 2.1.1, as written there."""
    if not leaves:
        return hash_(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hash_(b"\x01" + root(leaves[:k], hash_) + root(leaves[k:], hash_))


def frontier(leaves, hash_):
    out, begin = struct.pack(">Q", len(leaves)), 0
    for height in range(62, -1, -1):
        if len(leaves) >> height & 1:
            out += root(leaves[begin:begin + (1 << height)], hash_)
            begin += 1 << height
    return out


def b64(data):
    return base64.b64encode(data).decode()


def note(origin, body, seed):
    public = ed25519(seed)
    key_id = sha256(origin + b"\n\x01" + public)[:4]
    signature = b64(key_id + ed25519(seed, body))
    published = origin.decode() + "+" + key_id.hex() + "+" + b64(b"\x01" + public)
    return published, body + b"\n\xe2\x80\x94 " + origin + b" " + signature.encode() + b"\n"


HEADER = (7, 1700000000123456, 1699999999000000, b"account:12", b"enterprise_request.assign",
          b"00" * 32)
PLAIN = [(b"1024.status", b'"assigned"'), (b"1024.lead", b"31"), (b"1024.due_on", b"20542")]
TEXTS = [(b"1024.note", '"请于三日内联系企业"'.encode()), (b"1025.title", '"路灯"'.encode())]
SALTS = (bytes(range(16)), bytes(range(16, 32)))
SEED = bytes(range(32))
ORIGIN = b"tongxin.example/site"
SIZES = 7


def vectors():
    entry = leaf_input(HEADER, PLAIN, TEXTS, SALTS)
    leaf, leaf3 = sha256(b"\x00" + entry), sm3(b"\x00" + entry)
    inputs = [bytes([i]) * i for i in range(SIZES)]
    leaves = [sha256(b"\x00" + i) for i in inputs]
    leaves3 = [sm3(b"\x00" + i) for i in inputs]
    top, top3 = root(leaves, sha256), root(leaves3, sm3)
    body = ORIGIN + f"\n{SIZES}\n{b64(top)}\nsm3 {b64(top3)}\n".encode()
    published, signed = note(ORIGIN, body, SEED)
    return [
        ("sm3_abc", "SM3 of \"abc\" (GB/T 32905-2016, annex A.1)", sm3(b"abc").hex()),
        ("sm3_64", "SM3 of 16 times \"abcd\" (annex A.2)", sm3(b"abcd" * 16).hex()),
        ("key", "key of 1024.note: HMAC-SHA-256(text salt, name)",
         key_of(SALTS[1], b"1024.note").hex()),
        ("commitment", "commitment of 1024.note", commitment(SALTS[1], *TEXTS[0]).hex()),
        ("leaf_input", "leaf input of the entry", entry.hex()),
        ("leaf_sha256", "leaf hash, SHA-256", leaf.hex()),
        ("leaf_sm3", "leaf hash, SM3", leaf3.hex()),
        ("part_plain", "column plain", part(PLAIN).hex()),
        ("part_text", "column text", part(TEXTS).hex()),
        ("part_erased", "column text after erasing \"1024.\"",
         erased_part(TEXTS, SALTS[1], b"1024.").hex()),
        ("root_sha256", "root of 7 leaves, SHA-256", top.hex()),
        ("root_sm3", "root of 7 leaves, SM3", top3.hex()),
        ("frontier_sha256", "frontier of 7 leaves, SHA-256", frontier(leaves, sha256).hex()),
        ("frontier_sm3", "frontier of 7 leaves, SM3", frontier(leaves3, sm3).hex()),
        ("published_key", "published key", published),
        ("checkpoint", "checkpoint", signed.decode()),
    ]


def c_string(value):
    escaped = "".join(chr(b) if 32 <= b < 127 and chr(b) not in '"\\?' else f"\\{b:03o}"
                      for b in value.encode())
    return f'"{escaped}"'


def main():
    rows = vectors()
    shown = [f"{about}:\n\n```\n{value.rstrip()}\n```\n" for _, about, value in rows]
    if sys.argv[1] == "--markdown":
        print("\n".join(shown), end="")
        return
    if sys.argv[1] == "--check":
        with open(sys.argv[2], encoding="utf-8") as document:
            text_ = document.read()
        sys.exit("\n".join(part_ for part_ in shown if part_ not in text_) or 0)
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        out.write("/* SPDX-License-Identifier: Apache-2.0 */\n/* Made by vectors.py. */\n")
        for name, _, value in rows:
            out.write(f"#define VECTOR_{name} \\\n    {c_string(value)}\n")


if __name__ == "__main__":
    main()
