/* SPDX-License-Identifier: Apache-2.0 */
/* Folders to one text. The bundle is what is hashed, journaled and loaded: it names files by layer
 * ("tongling/kinds.yaml"), never by where they lie on a machine. */
#include "profile/load.h"
#include "profile/read.h"
#include "profile/yaml.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MAX      ((off_t)1024 * 1024)
#define BUNDLE_MAX    ((size_t)8 * 1024 * 1024)
#define FILES_MAX     500
#define LAYERS_MAX    5
#define FOLDERS_DEPTH 6

typedef struct Bundler {
    Arena *arena;
    StrVec files; /* of the layer being read: paths below its folder */
    Err *err;
} Bundler;

/* A file that shrinks meanwhile gives what there is. */
static Str read_all(Bundler *bundler, int file, size_t size)
{
    char *bytes = arena_alloc(bundler->arena, size + 1);
    size_t used = 0;
    while (used < size) {
        ssize_t got = read(file, bytes + used, size - used);
        if (got <= 0)
            break;
        used += (size_t)got;
    }
    return (Str){bytes, used};
}

static bool read_file(Bundler *bundler, Str path, Str *ret_text)
{
    struct stat about;
    int file = open(str_c(bundler->arena, path), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return err_set(bundler->err, ERR_ENVIRONMENT, MSG_profile_cannot_read, path);
    bool ok = fstat(file, &about) == 0 && S_ISREG(about.st_mode);
    if (!ok)
        err_set(bundler->err, ERR_ENVIRONMENT, MSG_profile_cannot_read, path);
    else if (about.st_size > FILE_MAX)
        ok = err_set(bundler->err, ERR_TOO_LARGE, MSG_profile_file_too_large, path);
    else
        *ret_text = read_all(bundler, file, (size_t)about.st_size);
    close(file);
    return ok;
}

static bool walk(Bundler *bundler, Str folder, Str below, int depth);

static bool walk_entry(Bundler *bundler, Str folder, Str below, Str name)
{
    struct stat about;
    Str path = STR(bundler->arena, folder, "/", name);
    Str inside =
        below.n == 0 ? str_dup(bundler->arena, name) : STR(bundler->arena, below, "/", name);
    if (stat(str_c(bundler->arena, path), &about) != 0)
        return err_set(bundler->err, ERR_ENVIRONMENT, MSG_profile_cannot_read, path);
    if (S_ISDIR(about.st_mode)) {
        int depth = 1;
        for (size_t i = 0; i < inside.n; i++)
            depth += inside.p[i] == '/';
        return walk(bundler, path, inside, depth);
    }
    if (!str_ends(name, S(".yaml")))
        return true;
    if (bundler->files.n >= FILES_MAX || inside.n > 200)
        return err_set(bundler->err, ERR_TOO_LARGE, MSG_profile_too_many_files, folder);
    *vec_push(bundler->arena, &bundler->files) = inside;
    return true;
}

static bool walk(Bundler *bundler, Str folder, Str below, int depth)
{
    if (depth > FOLDERS_DEPTH)
        return err_set(bundler->err, ERR_TOO_LARGE, MSG_profile_too_many_files, folder);
    DIR *open_folder = opendir(str_c(bundler->arena, folder));
    if (open_folder == NULL)
        return err_set(bundler->err, ERR_ENVIRONMENT, MSG_profile_cannot_read, folder);
    bool ok = true;
    const struct dirent *entry;
    while (ok && (entry = readdir(open_folder)) != NULL) {
        Str name = str_from_c(entry->d_name);
        if (!str_starts(name, S(".")))
            ok = walk_entry(bundler, folder, below, str_dup(bundler->arena, name));
    }
    closedir(open_folder);
    return ok;
}

static Str folder_name(Str folder)
{
    size_t from = folder.n;
    while (from > 0 && folder.p[from - 1] != '/')
        from--;
    return str_slice(folder, from, folder.n);
}

/* What profile.yaml extends; empty when nothing or unreadable: profile_load says why. */
static Str extends_of(Bundler *bundler, Str folder)
{
    Str text;
    NodeVec documents = {0};
    Err ignored = {0};
    Bundler quiet = {.arena = bundler->arena, .err = &ignored};
    if (!read_file(&quiet, STR(bundler->arena, folder, "/profile.yaml"), &text))
        return (Str){0};
    Diagnostics unheard = {0};
    Load load = {
        .arena = bundler->arena, .scratch = bundler->arena, .diagnostics = &unheard, .quiet = 1};
    Source source = {.file = S("profile.yaml"), .text = text};
    /* Documents before a mistake count: the base is still needed to say what else is wrong. */
    (void)!yaml_parse(&load, &source, &documents);
    for (size_t i = 0; i < documents.n; i++) {
        Str name = node_text(documents.p[i], S("extends"));
        if (node_get(documents.p[i], S("profile")) != NULL && name_is_good(name))
            return name;
    }
    return (Str){0};
}

static bool add_layer(Bundler *bundler, Str folder, Buf *bundle)
{
    bundler->files = (StrVec){0};
    if (!walk(bundler, folder, (Str){0}, 1))
        return false;
    if (bundler->files.n > 0)
        qsort(bundler->files.p, bundler->files.n, sizeof(Str), str_compare_pointers);
    for (size_t i = 0; i < bundler->files.n; i++) {
        Str text, inside = bundler->files.p[i];
        if (!read_file(bundler, STR(bundler->arena, folder, "/", inside), &text))
            return false;
        if (str_starts(text, S("%%% ")) || str_has(text, S("\n%%% ")))
            return err_set(bundler->err, ERR_WRONG, MSG_profile_marker_inside, inside);
        TEXT(bundle, "%%% ", folder_name(folder), "/", inside, "\n", text,
             str_ends(text, S("\n")) ? "" : "\n");
    }
    return buf_ok(bundle) ||
           err_set(bundler->err, ERR_TOO_LARGE, MSG_profile_file_too_large, folder);
}

/* The folders from the one extended last to the city's own. */
static bool find_layers(Bundler *bundler, Str folder, StrVec *ret_layers)
{
    Str chain[LAYERS_MAX] = {0};
    size_t n = 0;
    for (;;) {
        if (n == LAYERS_MAX)
            return err_set(bundler->err, ERR_WRONG, MSG_profile_extends_circle,
                           folder_name(folder));
        chain[n++] = folder;
        Str next = extends_of(bundler, folder);
        if (next.n == 0)
            break;
        folder = STR(bundler->arena, str_slice(folder, 0, folder.n - folder_name(folder).n), next);
        if (access(str_c(bundler->arena, STR(bundler->arena, folder, "/profile.yaml")), R_OK) != 0)
            break; /* reported by profile_load, at the word `extends` */
    }
    while (n > 0)
        *vec_push(bundler->arena, ret_layers) = chain[--n];
    return true;
}

bool profile_bundle(Arena *arena, Str dir, Str *ret_bundle, Err *err)
{
    char full[PATH_MAX];
    Bundler bundler = {.arena = arena, .err = err};
    StrVec layers = {0};
    Buf bundle = buf_open_max(arena, BUNDLE_MAX);
    if (realpath(str_c(arena, dir), full) == NULL)
        return err_set(err, ERR_NOT_FOUND, MSG_profile_no_folder, dir);
    Str folder = str_dup(arena, str_from_c(full));
    if (access(str_c(arena, STR(arena, folder, "/profile.yaml")), R_OK) != 0)
        return err_set(err, ERR_NOT_FOUND, MSG_profile_no_folder, dir);
    if (!find_layers(&bundler, folder, &layers))
        return false;
    for (size_t i = 0; i < layers.n; i++) {
        if (!add_layer(&bundler, layers.p[i], &bundle))
            return false;
    }
    *ret_bundle = buf_str(&bundle);
    return true;
}
