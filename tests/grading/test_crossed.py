"""What an answer says of each other's things, an element in the place of another, another form behind a label."""

import pytest

from studyllm.grading.opposites import turned

ENEMA = ("胃溃疡忌用阿司匹林", "支气管哮喘忌用普萘洛尔")
SOIL = ("沙土：花生", "黏土：水稻", "壤土：小麦")
SENSES = (
    "ser rico to be wealthy / estar rico to be tasty",
    "ser orgulloso = (to be) vain, haughty / estar orgulloso = proud",
)
ROPES = ("halyard → hoists a sail", "sheet → trims a sail")
VITAMINS = ("Lack of vitamin A causes night blindness", "lack of vitamin K causes bleeding")


@pytest.mark.parametrize(
    ("points", "answer", "wrong"),
    [
        (ENEMA, "胃溃疡忌用普萘洛尔，哮喘忌用阿司匹林", [True, True]),
        (ENEMA, "胃溃疡不能用阿司匹林，哮喘不能用普萘洛尔", [False, False]),
        (ENEMA, "哮喘忌用普萘洛尔，胃溃疡忌用阿司匹林", [False, False]),
        (ENEMA, "胃溃疡和哮喘分别忌用阿司匹林和普萘洛尔", [False, False]),
        (SOIL, "沙土种水稻，黏土种花生，壤土种小麦", [True, True, False]),
        (SOIL, "沙土种花生，黏土种水稻，壤土种小麦", [False, False, False]),
        (
            VITAMINS,
            "lack of vitamin A causes bleeding, lack of vitamin K causes night blindness",
            [True, True],
        ),
        (
            VITAMINS,
            "too little vitamin A makes night blindness, too little vitamin K bleeding",
            [False, False],
        ),
        (
            SENSES,
            "estar rico tasty / ser rico wealthy, estar orgulloso proud, ser orgulloso vain",
            [False] * 2,
        ),
        (SENSES, "ser rico tasty / estar rico wealthy, ser orgulloso vain", [True, False]),
        (SENSES, "ser orgulloso = proud / estar orgulloso = vain", [False, True]),
        (SENSES, "ser orgulloso = vain / estar orgulloso = proud", [False, False]),
        (ROPES, "a sheet trims the sail, a halyard hoists it", [False, False]),
        (ROPES, "sheet → hoists a sail, halyard → trims it", [False, True]),
        (ROPES, "the sheet is no rope that hoists a sail", [False, False]),
        (("seed → sprout", "sprout → plant"), "seed → plant", [False, False]),
        (("A grows into B", "B grows into C"), "A grows into C", [False, False]),
        (("先停输液", "补钾，测心电图"), "先停输液，补钙", [False, True]),
        (("补钾，测心电图",), "测心电图，再补钾", [False]),
        (("give potassium, stop the drug",), "stop the drug, give calcium", [True]),
        (("carbon", "hydrogen", "oxygen"), "carbon, hydrogen", [False, False, False]),
        (("补钾", "补钙", "利尿"), "补钾，利尿", [False, False, False]),
        (("补钾，禁钠",), "补钠，禁钾", [True]),
        (("Dogs: loyal pets", "Cats: independent pets"), "dogs aren't independent pets", [False, False]),
        (("甲药：口服", "乙药：注射"), "甲药禁止注射", [False, False]),
        (("由氢和氧组成",), "由氧和氢组成", [False]),
        (("含铜、锌",), "含锌、铜", [False]),
        (("植物细胞：细胞壁", "动物细胞：中心体"), "动物细胞缺细胞壁", [False, False]),
        (("TCP: reliable", "UDP: fast"), "TCP is less fast, UDP is fast", [False, False]),
        (("白天：光合作用", "夜晚：呼吸作用"), "白天也进行呼吸作用", [False, False]),
        (("ない形：食べない", "て形：食べて", "た形：食べた"), "食べて、食べた", [False, False, False]),
        (("て形：飲んで", "ない形：飲まない"), "飲んで、飲みない", [False, True]),
        (("て形：飲んで", "ない形：飲まない"), "のんで、のまない", [False, False]),
        (("て形：して", "ない形：しない"), "して、すない", [False, True]),
    ],
)
def test_only_what_is_said_of_something_else_is_wrong(
    points: tuple[str, ...], answer: str, wrong: list[bool]
) -> None:
    assert [bool(part) for part in turned(points, answer)] == wrong
