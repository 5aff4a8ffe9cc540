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

typedef struct Layer {
    Str folder;
    Str name; /* in the bundle: "tongling", "parts/visit" */
} Layer;

typedef VEC(Layer) LayerVec;

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

/* The profile document of profile.yaml; NULL when there is none or it is unreadable: profile_load
 * says why. */
static const Node *profile_document(Bundler *bundler, Str folder)
{
    Str text;
    NodeVec documents = {0};
    Err ignored = {0};
    Bundler quiet = {.arena = bundler->arena, .err = &ignored};
    if (!read_file(&quiet, STR(bundler->arena, folder, "/profile.yaml"), &text))
        return NULL;
    Diagnostics unheard = {0};
    Load load = {
        .arena = bundler->arena, .scratch = bundler->arena, .diagnostics = &unheard, .quiet = 1};
    Source source = {.file = S("profile.yaml"), .text = text};
    /* Documents before a mistake count: what they name is needed to say what else is wrong. */
    (void)!yaml_parse(&load, &source, &documents);
    for (size_t i = 0; i < documents.n; i++) {
        if (node_get(documents.p[i], S("profile")) != NULL)
            return documents.p[i];
    }
    return NULL;
}

static Str extends_of(Bundler *bundler, Str folder)
{
    Str name = node_text(profile_document(bundler, folder), S("extends"));
    return name_is_good(name) ? name : (Str){0};
}

/* A folder beside this one. */
static Str beside(Arena *arena, Str folder, Str name)
{
    return STR(arena, str_slice(folder, 0, folder.n - folder_name(folder).n), name);
}

static bool is_folder(Arena *arena, Str path)
{
    struct stat about;
    return stat(str_c(arena, path), &about) == 0 && S_ISDIR(about.st_mode);
}

static bool add_layer(Bundler *bundler, const Layer *layer, Buf *bundle)
{
    Str folder = layer->folder;
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
        TEXT(bundle, "%%% ", layer->name, "/", inside, "\n", text,
             str_ends(text, S("\n")) ? "" : "\n");
    }
    return buf_ok(bundle) ||
           err_set(bundler->err, ERR_TOO_LARGE, MSG_profile_file_too_large, folder);
}

static bool has_layer(const LayerVec *layers, Str name)
{
    for (size_t i = 0; i < layers->n; i++) {
        if (str_eq(layers->p[i].name, name))
            return true;
    }
    return false;
}

/* The parts that the profile names, in order of path. One that is missing is reported by
 * profile_load, at its word. */
static void add_parts(Bundler *bundler, Str folder, LayerVec *layers)
{
    Arena *arena = bundler->arena;
    const Node *list = node_get(profile_document(bundler, folder), S("parts"));
    StrVec names = {0};
    for (size_t i = 0; list != NULL && list->type == NODE_LIST && i < list->n; i++) {
        if (name_is_good(list->items[i]->text))
            *vec_push(arena, &names) = list->items[i]->text;
    }
    if (names.n > 0)
        qsort(names.p, names.n, sizeof(Str), str_compare_pointers);
    for (size_t i = 0; i < names.n; i++) {
        Layer part = {.name = STR(arena, PARTS_FOLDER "/", names.p[i])};
        part.folder = beside(arena, folder, part.name);
        if (is_folder(arena, part.folder) && !has_layer(layers, part.name))
            *vec_push(arena, layers) = part;
    }
}

/* From the profile extended last to the city's own, each after the parts it names. */
static bool find_layers(Bundler *bundler, Str folder, LayerVec *ret_layers)
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
        folder = beside(bundler->arena, folder, next);
        if (access(str_c(bundler->arena, STR(bundler->arena, folder, "/profile.yaml")), R_OK) != 0)
            break; /* reported by profile_load, at the word `extends` */
    }
    while (n > 0) {
        folder = chain[--n];
        add_parts(bundler, folder, ret_layers);
        *vec_push(bundler->arena, ret_layers) = (Layer){folder, folder_name(folder)};
    }
    return true;
}

bool profile_bundle(Arena *arena, Str dir, Str *ret_bundle, Err *err)
{
    char full[PATH_MAX];
    Bundler bundler = {.arena = arena, .err = err};
    LayerVec layers = {0};
    Buf bundle = buf_open_max(arena, BUNDLE_MAX);
    if (realpath(str_c(arena, dir), full) == NULL)
        return err_set(err, ERR_NOT_FOUND, MSG_profile_no_folder, dir);
    Str folder = str_dup(arena, str_from_c(full));
    if (access(str_c(arena, STR(arena, folder, "/profile.yaml")), R_OK) != 0)
        return err_set(err, ERR_NOT_FOUND, MSG_profile_no_folder, dir);
    if (!find_layers(&bundler, folder, &layers))
        return false;
    for (size_t i = 0; i < layers.n; i++) {
        if (!add_layer(&bundler, &layers.p[i], &bundle))
            return false;
    }
    *ret_bundle = buf_str(&bundle);
    return true;
}

void profile_hint_parts(Arena *arena, Str dir, Diagnostics *diagnostics)
{
    char full[PATH_MAX];
    StrVec known = {0};
    const struct dirent *entry;
    DIR *parts = NULL;
    if (realpath(str_c(arena, dir), full) != NULL)
        parts = opendir(str_c(arena, beside(arena, str_from_c(full), S(PARTS_FOLDER))));
    while (parts != NULL && (entry = readdir(parts)) != NULL) {
        if (name_is_good(str_from_c(entry->d_name)))
            *vec_push(arena, &known) = str_dup(arena, str_from_c(entry->d_name));
    }
    if (parts != NULL)
        closedir(parts);
    if (known.n > 0)
        qsort(known.p, known.n, sizeof(Str), str_compare_pointers);
    for (size_t i = 0; i < diagnostics->n; i++) {
        if (diagnostics->p[i].message == MSG_profile_no_part)
            fault_hint(arena, &diagnostics->p[i], diagnostics->p[i].args[0], &known);
    }
}
