/* SPDX-License-Identifier: Apache-2.0 */
#include "profile/ceiling.h"

#define TEXT_MAX 300

/* Found anywhere in a text. */
static const Str chinese[] = {
    S_CONST("批示"),     S_CONST("圈阅"),     S_CONST("刊发"),     S_CONST("刊载"),
    S_CONST("媒体"),     S_CONST("报刊"),     S_CONST("转载"),     S_CONST("转发"),
    S_CONST("点赞"),     S_CONST("打卡"),     S_CONST("签到"),     S_CONST("积分"),
    S_CONST("在线时长"), S_CONST("学习时长"), S_CONST("登录率"),   S_CONST("下载量"),
    S_CONST("安装率"),   S_CONST("关注量"),   S_CONST("照片"),     S_CONST("留痕"),
    S_CONST("学习笔记"), S_CONST("会议次数"), S_CONST("开会次数"), S_CONST("一票否决"),
    S_CONST("投诉量"),   S_CONST("投诉数"),   S_CONST("信访量"),   S_CONST("上访"),
};

/* Found as whole words: media, not mediation. */
static const Str english[] = {
    S_CONST("instructions"),  S_CONST("endorsement"), S_CONST("endorsements"),
    S_CONST("media"),         S_CONST("reprints"),    S_CONST("check-in"),
    S_CONST("check_in"),      S_CONST("check-ins"),   S_CONST("time online"),
    S_CONST("online_time"),   S_CONST("photographs"), S_CONST("photos"),
    S_CONST("meetings held"), S_CONST("likes"),       S_CONST("forwards"),
    S_CONST("study notes"),   S_CONST("veto"),        S_CONST("complaints"),
};

static bool is_letter(Str text, size_t at)
{
    return at < text.n && text.p[at] >= 'a' && text.p[at] <= 'z';
}

static bool has_word(Str text, Str word)
{
    size_t at = str_find(text, word, 0);
    for (; at != SIZE_MAX; at = str_find(text, word, at + 1))
        if ((at == 0 || !is_letter(text, at - 1)) && !is_letter(text, at + word.n))
            return true;
    return false;
}

bool ceiling_refuses(Str text, Str *ret_word)
{
    char bytes[TEXT_MAX];
    Str plain = {bytes, MIN(text.n, sizeof bytes)};
    for (size_t i = 0; i < plain.n; i++)
        bytes[i] = text.p[i] >= 'A' && text.p[i] <= 'Z' ? (char)(text.p[i] - 'A' + 'a') : text.p[i];
    for (size_t i = 0; i < COUNT_OF(chinese); i++) {
        *ret_word = chinese[i];
        if (str_has(plain, chinese[i]))
            return true;
    }
    for (size_t i = 0; i < COUNT_OF(english); i++) {
        *ret_word = english[i];
        if (has_word(plain, english[i]))
            return true;
    }
    return false;
}
