/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include "profile/redline.h"

static void expect(const char *const *texts, bool refused)
{
    for (size_t i = 0; texts[i] != NULL; i++) {
        Str word = {0};
        if (redline_refuses(str_from_c(texts[i]), &word) != refused)
            fail_msg("%s is %s", texts[i], refused ? "not refused" : "refused");
        assert_int_equal(refused, word.n > 0);
    }
}

static void test_attributes_of_persons_are_refused(void **state UNUSED)
{
    static const char *const texts[] = {
        "民族",
        "提出人民族",
        "民族成份",
        "民族代码",
        "民 族",
        "民族*",
        "少数民族",
        "族别",
        "宗教信仰",
        "宗教信仰情况",
        "信仰",
        "党派",
        "所属党派",
        "党派名称",
        "政治面貌",
        "政治面貌（必填）",
        "政治 面貌",
        "【必填】政治面貌",
        "是否党员",
        "界别",
        "所属界别",
        "政治态度",
        "思想倾向",
        "家庭成员",
        "主要家庭成员信息",
        "亲属关系",
        "海外关系",
        "籍贯",
        "祖籍",
        "国籍",
        "姓名、民族",
        "民族/宗教信仰",
        "性别，民族，电话",
        "黨派",
        "籍貫",
        "海外關係",
        "党员人数",
        NULL,
    };
    expect(texts, true);
}

static void test_english_and_pinyin_are_refused(void **state UNUSED)
{
    static const char *const texts[] = {
        "ethnicity",
        "Ethnicity",
        "submitter_ethnicity",
        "ethnicity_code",
        "ethnicity_of_submitter",
        "Ethnicity of the submitter",
        "Religion",
        "Religious belief",
        "faith",
        "party",
        "Party",
        "submitter_party",
        "party_member",
        "Political status",
        "political-affiliation",
        "Native place",
        "native_place",
        "Family members (optional)",
        "opinion_of_person",
        "minzu",
        "zongjiao",
        "zongjiao_xinyang",
        "zhengzhi_mianmao",
        "dangpai",
        "ＥＴＨＮＩＣＩＴＹ",
        "Name, ethnicity",
        "Overseas ties",
        "提出人ethnicity",
        NULL,
    };
    expect(texts, true);
}

static void test_values_of_dictionaries_are_refused(void **state UNUSED)
{
    static const char *const texts[] = {"汉族",   "回族", "中共党员", "无党派", "民盟盟员",
                                        "基督教", "归侨", "教徒",     NULL};
    expect(texts, true);
}

static void test_organisations_matters_and_capital_pass(void **state UNUSED)
{
    static const char *const texts[] = {
        "民族医药协会", "宗教事务局",   "民族宗教事务局", "民族、宗教事务局",
        "党校",         "市委党校",     "统战部",         "民族路",
        "政党协商",     "民族团结活动", "民族贸易企业",   "宗教活动场所",
        "民主党派组织", "台资",         "侨资",           "外资",
        "台资企业",     "港澳台资金",   "侨资项目",       "资金来源",
        "资本来源",     "来源",         "民族文化",       "中华民族",
        "党建活动",     "民建铜陵市委", "少数民族乡",     NULL,
    };
    expect(texts, false);
}

static void test_ordinary_words_pass(void **state UNUSED)
{
    static const char *const texts[] = {
        "",
        "标题",
        "处理意见",
        "审核意见",
        "意见建议",
        "提出单位",
        "人次",
        "满意度",
        "家电",
        "title",
        "third_party",
        "Third party",
        "third_party_check",
        "counterparty",
        "good_faith",
        "party_school",
        "religious_affairs_bureau",
        "trace",
        "reply",
        "Opinion on the draft",
        "place",
        "origin",
        "capital_origin",
        "Family-run enterprise",
        NULL,
    };
    expect(texts, false);
}

static void test_any_bytes_are_accepted(void **state UNUSED)
{
    static const char bytes[] = "\xff\xfe\x80\xef\xbc\xe6\xb0";
    for (size_t n = 0; n < sizeof bytes; n++)
        assert_false(redline_refuses((Str){bytes, n}, NULL));
    char longer[1000];
    memset(longer, 'a', sizeof longer);
    assert_false(redline_refuses((Str){longer, sizeof longer}, NULL));
    assert_true(redline_refuses(S("((民族))民族"), NULL));
}

static void test_the_word_names_the_attribute(void **state UNUSED)
{
    Str word;
    assert_true(redline_refuses(S("提出人宗教信仰情况"), &word));
    assert_str(word, S("宗教信仰"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_attributes_of_persons_are_refused),
        cmocka_unit_test(test_english_and_pinyin_are_refused),
        cmocka_unit_test(test_values_of_dictionaries_are_refused),
        cmocka_unit_test(test_organisations_matters_and_capital_pass),
        cmocka_unit_test(test_ordinary_words_pass),
        cmocka_unit_test(test_any_bytes_are_accepted),
        cmocka_unit_test(test_the_word_names_the_attribute),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
