/* SPDX-License-Identifier: Apache-2.0 */
#include "profile/redline.h"

#define TEXT_MAX 300

/* Attributes of a person, in Chinese: refused alone and at the end of a text. Traditional forms are
 * listed because one city's papers come converted. */
static const Str attributes[] = {
    S_CONST("民族"),       S_CONST("族别"),     S_CONST("族裔"),     S_CONST("种族"),
    S_CONST("民族成分"),   S_CONST("民族成份"), S_CONST("宗教"),     S_CONST("信仰"),
    S_CONST("宗教信仰"),   S_CONST("教派"),     S_CONST("教籍"),     S_CONST("党派"),
    S_CONST("黨派"),       S_CONST("政党"),     S_CONST("党籍"),     S_CONST("党员"),
    S_CONST("黨員"),       S_CONST("党员身份"), S_CONST("政治身份"), S_CONST("共青团员"),
    S_CONST("政治面貌"),   S_CONST("面貌"),     S_CONST("界别"),     S_CONST("界別"),
    S_CONST("政治态度"),   S_CONST("政治態度"), S_CONST("政治立场"), S_CONST("政治倾向"),
    S_CONST("政治表现"),   S_CONST("政治观点"), S_CONST("思想倾向"), S_CONST("思想表现"),
    S_CONST("家庭成员"),   S_CONST("家庭成員"), S_CONST("家庭关系"), S_CONST("家庭情况"),
    S_CONST("家庭出身"),   S_CONST("家属"),     S_CONST("亲属"),     S_CONST("亲属关系"),
    S_CONST("社会关系"),   S_CONST("海外关系"), S_CONST("海外關係"), S_CONST("境外关系"),
    S_CONST("港澳台关系"), S_CONST("侨眷"),     S_CONST("归侨"),     S_CONST("台属"),
    S_CONST("籍贯"),       S_CONST("籍貫"),     S_CONST("祖籍"),     S_CONST("原籍"),
    S_CONST("国籍"),       S_CONST("出生地"),   S_CONST("无党派"),   S_CONST("无党派人士"),
    S_CONST("个人观点"),   S_CONST("个人态度"), S_CONST("信教群众"), S_CONST("教徒"),
    S_CONST("信徒"),
};

/* The same in English and pinyin: words joined by "_". 籍贯 in pinyin is left out: jiguan is also
 * 机关, an office. */
static const Str english[] = {
    S_CONST("ethnicity"),
    S_CONST("ethnic_group"),
    S_CONST("ethnic_origin"),
    S_CONST("nationality"),
    S_CONST("race"),
    S_CONST("religion"),
    S_CONST("religious_belief"),
    S_CONST("religious_beliefs"),
    S_CONST("faith"),
    S_CONST("belief"),
    S_CONST("party"),
    S_CONST("political_party"),
    S_CONST("party_member"),
    S_CONST("party_membership"),
    S_CONST("party_affiliation"),
    S_CONST("political_status"),
    S_CONST("political_stance"),
    S_CONST("political_affiliation"),
    S_CONST("political_attitude"),
    S_CONST("political_opinion"),
    S_CONST("political_view"),
    S_CONST("political_views"),
    S_CONST("opinion_of_person"),
    S_CONST("personal_opinion"),
    S_CONST("native_place"),
    S_CONST("place_of_origin"),
    S_CONST("place_of_birth"),
    S_CONST("birthplace"),
    S_CONST("family"),
    S_CONST("family_member"),
    S_CONST("family_members"),
    S_CONST("relatives"),
    S_CONST("overseas_ties"),
    S_CONST("overseas_relations"),
    S_CONST("overseas_relatives"),
    S_CONST("minzu"),
    S_CONST("zongjiao"),
    S_CONST("xinyang"),
    S_CONST("zongjiao_xinyang"),
    S_CONST("dangpai"),
    S_CONST("zhengzhi_mianmao"),
    S_CONST("mianmao"),
    S_CONST("jiebie"),
    S_CONST("dangyuan"),
    S_CONST("jiating_chengyuan"),
    S_CONST("haiwai_guanxi"),
    S_CONST("zuji"),
};

/* Endings that do not change what a column is. */
static const Str fillers[] = {
    S_CONST("情况"), S_CONST("代码"),  S_CONST("编码"),  S_CONST("名称"),
    S_CONST("类别"), S_CONST("类型"),  S_CONST("信息"),  S_CONST("说明"),
    S_CONST("备注"), S_CONST("人数"),  S_CONST("_code"), S_CONST("_name"),
    S_CONST("_id"),  S_CONST("_type"), S_CONST("_note"), S_CONST("_text"),
};

/* Ends with an attribute, yet is none. */
static const Str exempt[] = {
    S_CONST("中华民族"),   S_CONST("各民族"),    S_CONST("third_party"),
    S_CONST("good_faith"), S_CONST("bad_faith"),
};

/* Refused only as the whole text: values of a dictionary about persons. */
static const Str values[] = {
    S_CONST("汉族"),     S_CONST("回族"),     S_CONST("满族"),       S_CONST("壮族"),
    S_CONST("苗族"),     S_CONST("畲族"),     S_CONST("维吾尔族"),   S_CONST("蒙古族"),
    S_CONST("藏族"),     S_CONST("彝族"),     S_CONST("土家族"),     S_CONST("朝鲜族"),
    S_CONST("侗族"),     S_CONST("瑶族"),     S_CONST("白族"),       S_CONST("哈萨克族"),
    S_CONST("佛教"),     S_CONST("道教"),     S_CONST("基督教"),     S_CONST("天主教"),
    S_CONST("伊斯兰教"), S_CONST("不信教"),   S_CONST("无宗教信仰"), S_CONST("中共"),
    S_CONST("民革"),     S_CONST("民盟"),     S_CONST("民建"),       S_CONST("民进"),
    S_CONST("农工党"),   S_CONST("致公党"),   S_CONST("九三学社"),   S_CONST("台盟"),
    S_CONST("民盟盟员"), S_CONST("民建会员"), S_CONST("民进会员"),   S_CONST("九三学社社员"),
};

/* Lower-case, half-width, without brackets' contents and white space; "_" for any separator of
 * English words. */
typedef struct Plain {
    char p[TEXT_MAX + 1];
    size_t n;
} Plain;

static void plain_add(Plain *plain, char c)
{
    if (c >= 'A' && c <= 'Z')
        c = (char)(c - 'A' + 'a');
    if (c == ',' || c == ';' || c == '|' || c == '&' || c == '+')
        c = '/';
    if (c == ' ' || c == '-' || c == '\t' || c == '\n' || c == '\r' || c == '.')
        c = '_';
    if (c == '*' || c == ':' || c == '?' || c == '"' || c == '\'')
        return;
    if (c == '_' && (plain->n == 0 || plain->p[plain->n - 1] == '_'))
        return;
    plain->p[plain->n++] = c;
}

/* A byte of a Chinese character. "民 族" is 民族. */
static void plain_add_wide(Plain *plain, char c)
{
    if (plain->n >= 2 && plain->p[plain->n - 1] == '_' && (uint8_t)plain->p[plain->n - 2] >= 0x80)
        plain->n--;
    plain->p[plain->n++] = c;
}

/* The ASCII character that full-width punctuation or letters stand for, 0 when none; *ret_size is
 * the bytes it takes. */
static char narrow(Str text, size_t at, size_t *ret_size)
{
    static const struct {
        Str wide;
        char ascii;
    } marks[] = {
        {S_CONST("（"), '('}, {S_CONST("）"), ')'},
        {S_CONST("【"), '('}, {S_CONST("】"), ')'},
        {S_CONST("、"), '/'}, {S_CONST("，"), '/'},
        {S_CONST("；"), '/'}, {S_CONST("："), ':'},
        {S_CONST("？"), '?'}, {S_CONST("\xe3\x80\x80"), ' '},
        {S_CONST("·"), ' '},  {S_CONST("“"), '"'},
        {S_CONST("”"), '"'},  {S_CONST("《"), '"'},
        {S_CONST("》"), '"'},
    };
    Str rest = str_slice(text, at, text.n);
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        if (str_starts(rest, marks[i].wide)) {
            *ret_size = marks[i].wide.n;
            return marks[i].ascii;
        }
    }
    /* U+FF01..FF5E are ASCII 0x21..0x7E, three bytes each: EF BC 81 .. EF BD 9E. */
    if (rest.n >= 3 && (uint8_t)rest.p[0] == 0xef && ((uint8_t)rest.p[1] & 0xfe) == 0xbc) {
        int code = (((uint8_t)rest.p[1] & 1) << 6) + ((uint8_t)rest.p[2] & 0x3f) + 0x20;
        *ret_size = 3;
        if (code > 0x20 && code < 0x7f)
            return (char)code;
        return 0;
    }
    *ret_size = 1;
    if ((uint8_t)text.p[at] < 0x80)
        return text.p[at];
    return 0;
}

/* Inside brackets nothing is kept: "政治面貌（必填）" is 政治面貌. */
static void plain_of(Str text, Plain *ret)
{
    int depth = 0;
    size_t size;
    ret->n = 0;
    for (size_t at = 0; at < text.n; at += size) {
        char c = narrow(text, at, &size);
        if (c == '(' || c == '[')
            depth++;
        else if ((c == ')' || c == ']') && depth > 0)
            depth--;
        else if (depth == 0 && c == 0)
            plain_add_wide(ret, text.p[at]);
        else if (depth == 0)
            plain_add(ret, c);
    }
}

static bool is_one_of(Str text, const Str *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(text, words[i]))
            return true;
    }
    return false;
}

static bool ends_with_one(Str text, const Str *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_ends(text, words[i]))
            return true;
    }
    return false;
}

/* English words end where a word ends: "party" is not in "counterparty". */
static bool ends_with_words(Str text, Str words)
{
    return str_ends(text, words) && (text.n == words.n || text.p[text.n - words.n - 1] == '_' ||
                                     (uint8_t)text.p[text.n - words.n - 1] >= 0x80);
}

static bool is_attribute(Str text, Str *ret_word)
{
    if (ends_with_one(text, exempt, COUNT_OF(exempt)))
        return false;
    Str longest = {0};
    for (size_t i = 0; i < COUNT_OF(attributes); i++) {
        if (attributes[i].n > longest.n && str_ends(text, attributes[i]))
            longest = attributes[i];
    }
    if (longest.n > 0) {
        *ret_word = longest;
        return true;
    }
    for (size_t i = 0; i < COUNT_OF(english); i++) {
        if (ends_with_words(text, english[i])) {
            *ret_word = english[i];
            return true;
        }
    }
    return false;
}

static Str without_filler(Str text)
{
    for (size_t i = 0; i < COUNT_OF(fillers); i++) {
        if (str_ends(text, fillers[i]) && text.n > fillers[i].n)
            return str_slice(text, 0, text.n - fillers[i].n);
    }
    return text;
}

static Str trim_joints(Str text)
{
    while (text.n > 0 && text.p[0] == '_')
        text = str_slice(text, 1, text.n);
    while (text.n > 0 && text.p[text.n - 1] == '_')
        text = str_slice(text, 0, text.n - 1);
    return text;
}

static bool part_refused(Str part, Str *ret_word)
{
    Str text = trim_joints(part);
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        if (str_eq(text, values[i])) {
            *ret_word = values[i];
            return true;
        }
    }
    if (is_attribute(text, ret_word) || is_attribute(without_filler(text), ret_word))
        return true;
    /* "religion of the submitter": what stands before the first "of". */
    size_t of = str_find(text, S("_of_"), 0);
    return of != SIZE_MAX && is_attribute(str_slice(text, 0, of), ret_word);
}

/* An organisation, a matter, a place or money: what the last word makes of the whole. */
static bool is_other_thing(Str text)
{
    static const Str endings[] = {
        S_CONST("协会"), S_CONST("商会"), S_CONST("学会"), S_CONST("联合会"), S_CONST("委员会"),
        S_CONST("局"),   S_CONST("委"),   S_CONST("办"),   S_CONST("部"),     S_CONST("厅"),
        S_CONST("院"),   S_CONST("校"),   S_CONST("馆"),   S_CONST("所"),     S_CONST("中心"),
        S_CONST("组织"), S_CONST("团体"), S_CONST("机构"), S_CONST("单位"),   S_CONST("场所"),
        S_CONST("企业"), S_CONST("公司"), S_CONST("集团"), S_CONST("活动"),   S_CONST("会议"),
        S_CONST("协商"), S_CONST("工作"), S_CONST("事务"), S_CONST("政策"),   S_CONST("项目"),
        S_CONST("资金"), S_CONST("资本"), S_CONST("路"),   S_CONST("街"),     S_CONST("村"),
        S_CONST("乡"),   S_CONST("区"),   S_CONST("团结"), S_CONST("医药"),   S_CONST("文化"),
    };
    return ends_with_one(text, endings, COUNT_OF(endings)) &&
           !is_one_of(text, attributes, COUNT_OF(attributes));
}

bool redline_refuses(Str text, Str *ret_word)
{
    Plain plain;
    Str rest, part, word;
    if (text.n > TEXT_MAX)
        return false;
    plain_of(text, &plain);
    rest = trim_joints((Str){plain.p, plain.n});
    if (is_other_thing(rest))
        return false;
    while (str_next(&rest, '/', &part)) {
        if (!part_refused(part, &word))
            continue;
        if (ret_word != NULL)
            *ret_word = word;
        return true;
    }
    return false;
}
