/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/note.h"

#include "base/utf8.h"
#include "ledger/base64.h"
#include "ledger/digest.h"

#define ED25519     "\x01"
#define KEY_ID_SIZE 4
#define DASH        "\xE2\x80\x94 " /* U+2014 and a space */

static Str public_bytes(const uint8_t *public_key)
{
    return (Str){(const char *)public_key, PUBLIC_KEY_SIZE};
}

static Hash key_hash(Str name, const uint8_t *public_key)
{
    Sha256 digest = sha256_begin();
    sha256_add(&digest, name);
    sha256_add(&digest, S("\n" ED25519));
    sha256_add(&digest, public_bytes(public_key));
    return sha256_end(&digest);
}

static bool name_is_good(Str name)
{
    if (name.n == 0 || name.n > NOTE_NAME_MAX || !utf8_is_clean(name))
        return false;
    uint32_t point = 0;
    while (utf8_next(&name, &point)) {
        bool space = point <= ' ' || point == 0x85 || point == 0xA0 || point == 0x1680 ||
                     (point >= 0x2000 && point <= 0x200A) || point == 0x2028 || point == 0x2029 ||
                     point == 0x202F || point == 0x205F || point == 0x3000;
        if (space || point == '+')
            return false;
    }
    return true;
}

Str verify_key_text(Arena *arena, const VerifyKey *key)
{
    Hash hash = key_hash(key->name, key->public_key);
    Buf buf = buf_open(arena);
    TEXT(&buf, key->name, "+");
    buf_hex(&buf, hash.bytes, KEY_ID_SIZE);
    buf_byte(&buf, '+');
    base64_write(&buf, STR(arena, ED25519, public_bytes(key->public_key)));
    return buf_str(&buf);
}

bool verify_key_parse(Arena *scratch, Str text, VerifyKey *ret, Err *err)
{
    VerifyKey key = {0};
    Str bytes = {0};
    size_t first = str_find(text, S("+"), 0);
    size_t second = first == SIZE_MAX ? SIZE_MAX : str_find(text, S("+"), first + 1);
    if (second == SIZE_MAX)
        return err_set(err, ERR_WRONG, MSG_ledger_key_unreadable);
    key.name = str_slice(text, 0, first);
    bool good = name_is_good(key.name) &&
                base64_parse(scratch, str_slice(text, second + 1, text.n), &bytes) &&
                bytes.n == 1 + PUBLIC_KEY_SIZE && bytes.p[0] == ED25519[0];
    if (good)
        memcpy(key.public_key, bytes.p + 1, PUBLIC_KEY_SIZE);
    /* Written again it must be the same: that checks the key id and its one way of writing. */
    if (!good || !str_eq(verify_key_text(scratch, &key), text))
        return err_set(err, ERR_WRONG, MSG_ledger_key_unreadable);
    *ret = key;
    return true;
}

Str note_sign(Arena *arena, Str text, Str name, const SigningKey *key)
{
    ASSERT(str_ends(text, S("\n")) && name_is_good(name));
    uint8_t bytes[KEY_ID_SIZE + SIGNATURE_SIZE];
    Hash hash = key_hash(name, key->public_key);
    memcpy(bytes, hash.bytes, KEY_ID_SIZE);
    sign_bytes(key, text, bytes + KEY_ID_SIZE);
    Buf buf = buf_open(arena);
    TEXT(&buf, text, "\n" DASH, name, " ");
    base64_write(&buf, (Str){(const char *)bytes, sizeof(bytes)});
    buf_byte(&buf, '\n');
    return buf_str(&buf);
}

/* ---- checking ---- */

typedef enum LineResult { LINE_BROKEN, LINE_OTHER, LINE_GOOD, LINE_FORGED } LineResult;

static LineResult check_line(Arena *scratch, Str line, Str text, const VerifyKey *key)
{
    if (!str_starts(line, S(DASH)))
        return LINE_BROKEN;
    Str rest = str_slice(line, sizeof(DASH) - 1, line.n);
    size_t space = str_find(rest, S(" "), 0);
    if (space == SIZE_MAX)
        return LINE_BROKEN;
    Str name = str_slice(rest, 0, space), bytes = {0};
    if (!name_is_good(name) || !base64_parse(scratch, str_slice(rest, space + 1, rest.n), &bytes) ||
        bytes.n <= KEY_ID_SIZE)
        return LINE_BROKEN;
    Hash hash = key_hash(key->name, key->public_key);
    if (!str_eq(name, key->name) || memcmp(bytes.p, hash.bytes, KEY_ID_SIZE) != 0)
        return LINE_OTHER;
    bool good = bytes.n == KEY_ID_SIZE + SIGNATURE_SIZE &&
                sign_check(key->public_key, text, (const uint8_t *)bytes.p + KEY_ID_SIZE);
    return good ? LINE_GOOD : LINE_FORGED;
}

/* Where the text ends: behind the newline before the last empty line; SIZE_MAX when there is
 * none. */
static size_t text_end(Str note)
{
    size_t end = SIZE_MAX;
    for (size_t at = 0; (at = str_find(note, S("\n\n"), at)) != SIZE_MAX; at++)
        end = at + 1;
    return end;
}

static bool is_note_text(Str note)
{
    if (note.n == 0 || note.n > NOTE_MAX || utf8_check(note) != note.n)
        return false;
    for (size_t i = 0; i < note.n; i++) {
        if ((uint8_t)note.p[i] < ' ' && note.p[i] != '\n')
            return false;
    }
    return str_ends(note, S("\n"));
}

bool note_check(Arena *scratch, Str note, const VerifyKey *key, Str *ret_text, Err *err)
{
    size_t end = is_note_text(note) ? text_end(note) : SIZE_MAX;
    if (end == SIZE_MAX)
        return err_set(err, ERR_WRONG, MSG_ledger_note_unreadable);
    Str text = str_slice(note, 0, end), rest = str_slice(note, end + 1, note.n - 1), line = {0};
    bool good = false;
    for (int lines = 0; str_next(&rest, '\n', &line); lines++) {
        LineResult result =
            lines < NOTE_SIGNATURES_MAX ? check_line(scratch, line, text, key) : LINE_BROKEN;
        if (result == LINE_BROKEN)
            return err_set(err, ERR_WRONG, MSG_ledger_note_unreadable);
        if (result == LINE_FORGED)
            return err_set(err, ERR_WRONG, MSG_ledger_signature_wrong, key->name);
        good |= result == LINE_GOOD;
    }
    if (!good)
        return err_set(err, ERR_WRONG, MSG_ledger_signature_missing, key->name);
    *ret_text = text;
    return true;
}
