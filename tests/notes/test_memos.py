"""Notes as students type them on a phone: a fact a line, signs without blanks, hardly a blank line between."""

from studyllm.notes import read_note
from tests.notes.reading import considered_in


def made(text: str) -> dict[str, str]:
    """Fronts and backs of the cards alone, without what is offered."""
    return {card.prompt: card.answer for card in read_note(text, "notes.md").cards}


def points_of(text: str, term: str) -> tuple[str, ...]:
    """The points of one card."""
    return next(card.points for card in read_note(text, "notes.md").cards if card.term == term)


def test_an_equals_sign_needs_no_blanks_in_chinese() -> None:
    text = "蜂箱笔记\n蜂王=产卵的雌蜂\n工蜂＝采蜜的雌蜂\n一框=三千只蜂左右\n王台：培育新王的巢房\n蜂蜡＝造巢的材料\n"
    assert made(text).items() >= {"蜂王": "产卵的雌蜂", "工蜂": "采蜜的雌蜂", "一框": "三千只蜂左右"}.items()
    found = made(
        "# 蜂箱\n\n重量表里面，有一个等式 总重=箱重+蜜重\n\n- 巢脾：蜂蜡造的房\n- 继箱：叠在上面的箱\n"
    )
    assert not any("总重" in front for front in found)


def test_entries_side_by_side_are_cards_each() -> None:
    found = made("# 蜂\n\n雄蜂=只交配的蜂；工蜂=采蜜的蜂\n\n大箱＝十框，小箱＝五框\n")
    assert found.items() >= {"雄蜂": "只交配的蜂", "工蜂": "采蜜的蜂", "大箱": "十框", "小箱": "五框"}.items()


def test_a_line_without_a_sign_goes_on_with_no_entry_above_it() -> None:
    text = "分蜂：老王带一半蜂离巢\n春天检查两次\n喷烟：让蜂安静的办法\n"
    text += "王台：培育新王的巢房\n冬天蜂群抱团取暖\n摇蜜机：甩出蜂蜜的机器\n"
    found = made(text)
    assert found.items() >= {"分蜂": "老王带一半蜂离巢", "王台": "培育新王的巢房"}.items()


def test_days_and_spans_before_works_are_dates() -> None:
    text = "养蜂史\n1609《女蜂王国》出版\n1711.4 第一座玻璃蜂箱\n1851.10.5—11.2 "
    text += "活框蜂箱\n1860s-70s 巢础普及\n1865《蜂与蜂箱》再版\n"
    found = made(text)
    assert found["1609"] == "《女蜂王国》出版"
    assert found["1851.10.5—11.2"] == "活框蜂箱"
    assert found["1860s-70s"] == "巢础普及"


def test_persons_and_degrees_stand_under_what_they_are_of() -> None:
    text = "volar现在时\nyo vuelo\ntú vuelas\nél vuela\nnosotros volamos\n\nD调的和弦\nI D\nii Em\niii F#m\nIV G\n"
    found = made(text)
    assert found["volar现在时：nosotros"] == "volamos"
    assert found["D调的和弦：iii"] == "F#m"
    assert "yo" not in made("yo vuelo\ntú vuelas\n\nUn texto.\n")
    assert not made("# Dialog\n\nEr: Hallo\nSie: Guten Tag\nWir: Tschüss\nIch: Bis bald\n").keys() & {
        "Dialog: Er"
    }
    assert not any("II" in front for front in made("# Henry\n\nI Corinth\nII Corinth\nIII John\nIV Kings\n"))


def test_kinds_with_what_each_leads_to_are_cards() -> None:
    text = "## 蜜源\n洋槐→早春、色浅→不易结晶\n椴树→盛夏、色白→易结晶\n荆条→夏末、琥珀色→结晶细\n"
    found = made(text)
    assert found["椴树"] == "盛夏、色白→易结晶"
    assert "蜜源" not in found


def test_words_with_their_meanings_glued_to_them_are_cards() -> None:
    found = made("颜色：rojo红 azul蓝 verde绿 negro黑\n数 uno1 dos2 tres3\n")
    assert found.items() >= {"azul": "蓝", "negro": "黑", "tres": "3"}.items()


def test_words_beside_one_another_have_their_meanings_in_the_same_order() -> None:
    found = made("abeja / avispa：蜜蜂／黄蜂\nla miel：蜂蜜\nmiel y cera：蜂蜜/蜂蜡\n")
    assert found.items() >= {"abeja": "蜜蜂", "avispa": "黄蜂", "miel y cera": "蜂蜜/蜂蜡"}.items()


def test_parts_of_words_stand_with_what_they_mean_and_an_example() -> None:
    found = made("## 词根\n\napi- 蜂  apiary\nmelli- 蜜  mellifluous\nvor- 吃  devour\n")
    assert {"api-", "melli-", "vor-"} <= set(found)
    assert found["melli-"].startswith("蜜")


def test_a_phrase_that_asks_stands_with_its_meaning() -> None:
    found = made("la abeja 蜜蜂\nla miel 蜂蜜\n¿Dónde vive la reina? 蜂王住在哪？\n\nel panal 巢脾\n")
    assert found["¿Dónde vive la reina?"] == "蜂王住在哪？"


def test_words_of_a_list_are_cards_however_each_is_set_off() -> None:
    text = (
        "## 养蜂词汇\n\n- **hive** /haɪv/ n. 蜂箱\n- drone - 雄蜂\n- swarm vi. 分蜂 n. 蜂群\n- brood: 蜂子\n"
    )
    text += "- smoker (n.) 喷烟器\n\n## 短语\n\n1. in full bloom 盛开\n"
    text += "2. keep ... at bay 使……不能靠近\n3. by the dozen 成打地\n"
    found = made(text)
    assert {"hive", "drone", "swarm", "brood", "smoker (n.)", "in full bloom", "by the dozen"} <= set(found)
    assert found["keep ... at bay"] == "使……不能靠近"
    assert not {"养蜂词汇", "短语"} & set(found)


def test_a_highlighted_term_and_a_part_of_a_bold_one_begin_their_own_card() -> None:
    found = made("## 蜂房\n\n**巢脾**的厚度是 25 毫米，由两面组成。\n==蜂路==宽约 8 毫米，又叫蜂间距。\n")
    assert found["巢脾的厚度"] == "25 毫米，由两面组成。"
    assert found["蜂路"] == "宽约 8 毫米，又叫蜂间距。"
    assert made("**老张**的主要观点是勤检查就是好办法。\n") == {"老张的主要观点": "勤检查就是好办法。"}
    assert not considered_in("蜂路：蜂可以穿过的\n==空隙==的宽度，约 8 毫米。\n").keys() & {"空隙"}


def test_a_clause_that_says_what_the_other_is_is_a_card_of_its_own() -> None:
    found = made("强群春繁是指蜂多时提早育子；弱群春繁则相反，是等花开以后再育子。\n")
    assert found["强群春繁"].endswith("提早育子")
    assert found["弱群春繁"].startswith("弱群春繁则相反")
    found = made(
        "强群是蜂多子多的蜂群；这种蜂群就是采蜜的主力。\n\n分蜂是老王离巢；如果分蜂是在春天就会减产。\n"
    )
    assert not {"这种蜂群", "如果分蜂"} & set(found)


def test_a_mnemonic_is_of_what_its_brackets_say_and_emoji_are_no_part_of_a_front() -> None:
    found = made(
        "三大蜜源💡：洋槐、椴树、荆条\n口诀（开箱顺序）：先看门，再看框，最后看王\n三型蜂：蜂王、工蜂、雄蜂\n"
    )
    assert "三大蜜源" in found
    assert found["开箱顺序：口诀"] == "先看门，再看框，最后看王"


def test_lines_below_the_last_numbered_title_belong_to_it() -> None:
    text = "一、蜂箱的部分\n1. 巢箱\n2. 继箱\n\n二、工具\n1. 起刮刀\n2. "
    text += "喷烟器\n\n三、检查\n开箱：打开副盖看蜂\n提脾：把巢脾提出来看\n合箱：看完后盖好\n"
    found = made(text)
    assert found.items() >= {"开箱": "打开副盖看蜂", "提脾": "把巢脾提出来看", "合箱": "看完后盖好"}.items()
    assert "检查" not in found
    text = "1. 什么是分蜂？\n老王带一半蜂离巢。\n2. 什么是盗蜂？\n"
    text += "别群的蜂来抢蜜。\n4、什么是围王？\n工蜂把王围成一团。\n"
    assert made(text)["围王"] == "工蜂把王围成一团。"


def test_what_is_to_be_asked_is_no_card() -> None:
    text = "巢础：压出房底的蜡片\n问老师：冬天喂不喂糖？\n隔王板：拦住蜂王的板\n饲喂器：装糖水的盒\n"
    assert "问老师" not in made(text)


def test_names_over_lists_are_the_points_where_most_are_names() -> None:
    text = "蜂群三期:\n- 繁殖前半期\n    - 喂糖\n    - 保温\n- 分蜂期\n    - 割王台\n- 越冬后期\n    - 包装\n"
    assert points_of(text, "蜂群三期") == ("繁殖前半期", "分蜂期", "越冬后期")
    text = "- **hive** n. 蜂箱\n    - hive off 分出去\n- **drone** n. 雄蜂\n- **swarm** n. 蜂群\n"
    assert points_of(text, "hive") == ("n. 蜂箱", "hive off 分出去")


def test_signs_are_read_in_any_script_with_and_without_blanks() -> None:
    text = "蜂学缩写\nHMF=羟甲基糠醛\nみつ=蜂蜜\n벌=꿀을 모으는 곤충\n检测H2O→看糖度计\n"
    text += "郭郛—《中国蜂学》\nRPM ~ revolutions per minute\n"
    found = made(text)
    assert {"HMF", "みつ", "벌", "检测H2O", "郭郛", "RPM"} <= set(found)
    assert found["检测H2O"] == "看糖度计"


def test_several_equals_in_a_line_are_cards_each() -> None:
    found = made("春=分蜂   夏=采蜜   冬=越冬\n1609=女蜂王国 / 1711=玻璃蜂箱\n")
    found |= made("春=分蜂   夏=采蜜   冬=越冬\nrosa = rose   miel = honey\n")
    assert found.items() >= {"夏": "采蜜", "1711": "玻璃蜂箱", "miel": "honey"}.items()
    for text in ("a=1 b=2 c=3", "m=2kg v=3m/s", "FOO=bar BAZ=qux", "设甲=乙 则乙=丙", "数学=90，语文=85"):
        assert not made(f"{text}\n然后代入\n"), text


def test_bare_names_below_a_line_that_lists_them_are_its_card() -> None:
    text = "bee notes\nstages in order\negg\nlarva\npupa\ndrone "
    text += "= a male\nqueen = the mother\n开箱步骤\n1喷烟\n2揭盖\n3提脾\n"
    cards = {card.prompt: card for card in read_note(text, "notes.md").cards}
    assert cards["stages in order"].points == ("egg", "larva", "pupa")
    assert cards["开箱步骤"].points == ("喷烟", "揭盖", "提脾")
    assert cards["queen"].answer == "the mother"
    for text in (
        "大气层\n对流层\n平流层\n中间层\n",
        "Room 3\nAnna\nBen\nCarl\n",
        "Exam on 3 May\nPhysics\nMaths\nEnglish\n",
    ):
        assert not made(text), text


def test_years_before_a_colon_are_dates_and_times_are_none() -> None:
    found = made("1609 : La reine des abeilles\n1711 : ruche de verre\n1851 : cadres mobiles\n")
    assert {"1609", "1711", "1851"} <= set(found)


def test_a_question_is_answered_beside_it_in_other_languages() -> None:
    text = "Wabe = Nest aus Wachs\nWann starb Ludwig XVI. im Schloss? 21.1.1793\nDrohne = männliche Biene\n"
    assert considered_in(text)["Wann starb Ludwig XVI. im Schloss?"] == "21.1.1793"
    text = "reina = la madre\n¿a qué temp. vive la cría? 35 ºC\npanal = nido de cera\n"
    assert considered_in(text)["¿a qué temp. vive la cría?"] == "35 ºC"


def test_a_question_in_wrapped_prose_is_none_of_its_own() -> None:
    text = "# Beekeeping\n\nIn this lecture we looked at how keepers "
    text += "decide and\nhow much should they take in each year? The rule "
    text += "is\nto leave enough for the winter.\n"
    assert not any("how much" in front for front in made(text))
    text = "# Imker\n\nDie Frage ist nicht, ob er eingreifen soll, "
    text += "sondern\nwie er das tun kann, ohne Schaden? Das\nist schwer.\n"
    assert not any(front.startswith("wie er") for front in made(text))


def test_who_sent_a_message_is_no_part_of_it() -> None:
    text = "[12/5/24, 21:03:11] Ana: abeja = insecto de la miel\n[12/5/24, 21:04:02] Ana: zángano = abeja macho\n"
    text += "[12/5/24, 21:05:19] Ana: panal → nido de cera\n"
    assert made(text) == {"abeja": "insecto de la miel", "zángano": "abeja macho", "panal": "nido de cera"}
    assert "Bea" in " ".join(considered_in(text.replace("Ana: zángano", "Bea: zángano"))), "two talk"


def test_what_is_pushed_in_below_a_name_belongs_to_it() -> None:
    text = "smoker - calms the bees\nswarm\n  half of the bees leave\n  the old queen goes along\nhive = their box\n"
    found = considered_in(text)
    assert found["smoker"] == "calms the bees"
    assert found["hive"] == "their box"
    assert "half of the bees" in found["swarm"]


def test_signs_that_several_lines_have_set_names_off() -> None:
    found = made("蜂学人物\n王氏-蜂舞理论\n李氏-DNA条形码法\n张氏—分蜂定律\n陈氏-育王法\n")
    assert found.items() >= {"王氏": "蜂舞理论", "李氏": "DNA条形码法", "张氏": "分蜂定律"}.items()
    assert not made("巴西-德国\n法国-英格兰\n西班牙-意大利\n")
    found = made("女王蜂…産卵する蜂\n働き蜂…蜜を集める蜂\n雄蜂…交尾する蜂\n")
    assert found["働き蜂"] == "蜜を集める蜂"
    found = made("zumbido > ruido de las alas\nenjambre > grupo que sale\npiquera > puerta de la caja\n")
    assert found["piquera"] == "puerta de la caja"
    found = made("FAVO nido di cera a celle\nSCIAME gruppo che parte\nARNIA cassa di legno delle api\n")
    assert found["SCIAME"] == "gruppo che parte"
    assert "A" not in made("A > B, weil A größer ist\n\nText.\n")


def test_bullets_and_questions_lack_what_markdown_wants() -> None:
    found = made(
        "-Reina: la madre de todas\n-Zángano: abeja macho\n-obrera: junta néctar\n-¿Quién baila? la obrera\n"
    )
    assert found.items() >= {"Reina": "la madre de todas", "Zángano": "abeja macho"}.items()
    assert {"-ina", "-ero"} <= set(made("-ina: name of a substance\n-ero: who does it\n-able: can be done\n"))
    found = made("Q 벌은 무엇을 모으나\nA 꿀\nQ 여왕벌은 몇 마리?\nA 한 마리\n")
    assert list(found.values()) == ["꿀", "한 마리"]


def test_a_part_of_speech_may_be_glued_to_the_meaning() -> None:
    found = made("蜂词\nbuzz v.嗡嗡叫\nwaxy a.蜡质的\nsting n. 刺\n")
    assert found.items() >= {"buzz": "嗡嗡叫", "waxy": "蜡质的", "sting": "刺"}.items()


def test_names_over_what_they_mean_between_blank_lines_are_cards() -> None:
    names = {
        "queen": "the mother of all bees",
        "drone": "a male bee without a sting",
        "brood": "young bees in cells",
    }
    names |= {"nectar flow": "the weeks in which flowers give most"}
    text = "bees week 6\n\n" + "\n\n".join(f"{name}\n{told}" for name, told in names.items()) + "\n"
    assert made(text) == names
    assert "queen" not in made(
        "bees\n\nqueen\nthe mother of all bees lives long\n\nThey swarm in May. It is warm then.\n"
    )


def test_the_first_line_may_be_an_entry() -> None:
    found = made("巢房＝蜂蜡做的六角形小室里住着幼虫\n分蜂：老王带一半蜂离巢\n盗蜂：别群的蜂来抢蜜\n")
    assert "巢房" in found


def test_words_with_a_tab_before_their_meaning_are_cards() -> None:
    found = made(
        "Imkerdeutsch\n\ndie Biene\tbee\nder Imker, -\tbeekeeper\nschwärmen\tto swarm\ndie Wabe\tcomb\n"
    )
    assert found == {
        "die Biene": "bee",
        "der Imker, -": "beekeeper",
        "schwärmen": "to swarm",
        "die Wabe": "comb",
    }
    assert "Deutsch" not in made("Deutsch\tEnglish\ndie Biene\tbee\ndie Wabe\tcomb\n")
    assert not made("Stock\tMai\tJuni\n1\t12\t14\n2\t9\t11\n3\t15\t20\n")


def test_words_of_another_script_stand_with_their_reading_and_meaning() -> None:
    found = made("養蜂\n蜂 はち bee\n蜂蜜（はちみつ） honey\n飛ぶ とぶ to fly\nも also particle\n")
    assert found == {
        "蜂": "はち\nbee",
        "蜂蜜": "はちみつ\nhoney",
        "飛ぶ": "とぶ\nto fly",
        "も": "also particle",
    }
    assert read_note("養蜂\n蜂 はち bee\n蜜 みつ honey\n箱 はこ box\n", "a.md").cards[0].aliases == ("はち",)
    found = made("蜜蜂 mìfēng bee\n蜂蜜 fēng mì honey\n飞 fēi to fly\n")
    assert found["蜂蜜"] == "fēng mì\nhoney"
    for commands in (
        "安装 nginx\n配置 firewall\n重启 service\n",
        "メール Gmail\nチャット Slack\nビデオ Zoom\n",
    ):
        assert not made(commands)


def test_two_things_set_beside_one_another_stand_over_what_tells_them_apart() -> None:
    found = made("Hive vs nest\none is built by people, the other by bees\n\nWorker: gathers\nDrone: mates\n")
    assert found["Hive vs nest"] == "one is built by people, the other by bees"
    found = made(
        "worker vs drone\nworker: gathers nectar\ndrone: mates with a queen\n\nqueen: lays all the eggs\n"
    )
    assert found.keys() == {"worker", "drone", "queen"}


def test_capitals_set_a_name_off_where_no_sign_does() -> None:
    found = made(
        "HIVES a page\n\nBEEBREAD fermented pollen in cells\nPROPOLIS: resin that seals gaps\nII smoke\n"
    )
    assert "HIVES" not in found
    assert "II" not in found


def test_a_line_is_asked_for_once_by_its_date() -> None:
    text = "1609 Butler's The Feminine Monarchie\n1788 first hive with glass\n1851 Langstroth: frames that move\n"
    found = made(text)
    assert found["1851"] == "Langstroth: frames that move"
    assert "1851 Langstroth" not in found


def test_questions_without_marks_end_the_answer_above_them() -> None:
    text = "Q: What is a nuc?\nA: a small colony for sale\n\nWhat does a smoker do?\nit calms the bees\n\n"
    text += "Q: Who lays eggs?\nA: the queen\n\n1) When do bees swarm?\n   in May\n2) How far do they fly?\n   3 km\n\n"
    text += "Q: A drone?\nA: a male bee\n\nWhy?\nIt has no father.\n\nQ: Wax?\nA: from glands\n"
    found = made(text)
    assert found["nuc"] == "a small colony for sale"
    assert found["Who lays eggs?"] == "the queen"
    assert found["How far do they fly?"] == "3 km"
    assert found["A drone?"].endswith("It has no father.")
