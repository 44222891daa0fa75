"""Notes of a learner's own, most of them Chinese, each written in another habit."""

from studyllm.notes import read_note


def made(text: str, path: str = "optics.md") -> dict[str, str]:
    """Fronts and backs of the cards alone, without what is offered."""
    return {card.prompt: card.answer for card in read_note(text, path).cards}


def told(text: str, path: str = "optics.md") -> dict[str, str]:
    """Fronts and backs of the cards and of what is offered."""
    note = read_note(text, path)
    return made(text, path) | {offer.card.prompt: offer.card.answer for offer in note.offers}


def test_the_place_of_a_table_of_contents_is_no_text() -> None:
    for mark in (
        "[TOC]",
        "[[_TOC_]]",
        "[[toc]]",
        "@[toc]",
        "@[TOC](目录)",
        "* 目录\n{:toc}",
        "[toc levels=3]",
    ):
        found = made(f"# 景深\n\n{mark}\n\n景深是对焦点前后看起来清楚的那段距离。\n")
        assert found["景深"] == "景深是对焦点前后看起来清楚的那段距离。", mark
    assert made("# 水质\n\n- TOC：水里总有机碳的量\n- COD：氧化水里物质要的氧\n")["TOC"] == "水里总有机碳的量"
    assert "[TOC]" in told("# Typora\n\n`[TOC]`: the mark that becomes a table of contents\n")


def test_code_in_a_bold_question_keeps_its_own_marks() -> None:
    found = made(
        "**Q1：`map`、`filter`、`reduce` 各做什么？**\n\nmap 逐个变换，filter 筛选，reduce 合成一个值。\n"
    )
    assert "`map`、`filter`、`reduce` 各做什么？" in found
    assert "`is` 和 `==`？" in made("**Q2：`is` 和 `==`？**\nA：is 比较身份，== 比较值\n")
    assert "光圈" in made("- `光圈`：控制进光量的孔\n- `快门`：控制曝光时间的机构\n")


def test_no_front_has_the_number_of_a_question() -> None:
    for number in ("Q6、", "Q6：", "Q6. ", "Q6）"):
        found = made(f"**{number}列表和元组**\n\n- 列表 list：能改的序列\n- 元组 tuple：不能改的序列\n")
        assert len(found) > 1, number
        assert not any("Q6" in front for front in found), number
    assert "索引的种类" in made("Q2、索引的种类\n- 聚簇：数据按它排\n- 二级：只存主键\n")
    assert told("# 季度\n\n- Q1：一月到三月\n- Q2：四月到六月\n").keys() & {"季度", "Q1"}


def test_names_of_latin_letters_on_one_line_are_cards_each() -> None:
    found = made(
        "- lux：照在面上的光量；lumen：光源发出的光量\n- RAM: lost without power; ROM: kept without power\n"
    )
    assert found == {
        "lux": "照在面上的光量",
        "lumen": "光源发出的光量",
        "RAM": "lost without power",
        "ROM": "kept without power",
    }
    one = "- metformin: lowers glucose; caution: renal failure\n- bokeh：虚化的光斑；例如夜景里的灯\n"
    assert made(one)["metformin"] == "lowers glucose; caution: renal failure"


def test_people_beside_one_another_are_no_names_of_things() -> None:
    line = "- Olga: believes that light is a wave; Piet: believes that light is a ray\n"
    text = f"# Light\n\n{line}\nPiet: Good morning to you all\nOlga: Good morning\n"
    assert "Piet" not in made(text)
    assert told(text)["Piet"] == "Good morning to you all"
    found = made(
        "- Fresnel: lens of many rings; Petzval: lens of two pairs\n- rod: sees grey; cone: sees red\n"
    )
    assert found.keys() == {"Fresnel", "Petzval", "rod", "cone"}


def test_an_example_goes_on_with_the_word_it_shows() -> None:
    for bullet, below in (("", ""), ("- ", "  "), ("- **", "  ")):
        end = "**" if "*" in bullet else ""
        text = f"{bullet}lens{end}: a round glass\n{below}ex: Clean the lens first.\n"
        text += f"{bullet}hood{end}: a dark tube\n{below}e.g.: The hood was lost.\n"
        found = told(f"# Words\n\n{text}")
        assert "Clean the lens first." in found["lens"], bullet
        assert "The hood was lost." in found["hood"], bullet
        assert not any(front.endswith(("ex", "e.g", "e.g.")) for front in found), bullet
    found = told("# Latin\n\n- sub: under\n  ex: out of\n  trans: across\n")
    assert found["sub"] == "under"
    assert "out of" in found.values()


def test_what_comes_next_is_a_chore() -> None:
    for chore in (
        "接下来：看完第三章；问助教那题",
        "**下一步**\n- 做实验二\n- 写报告",
        "## Next up\n\n- read on\n- ask Tom",
    ):
        found = told(f"# 光学\n\n折射：光进入另一种介质时方向改变\n\n{chore}\n")
        assert found["折射"] == "光进入另一种介质时方向改变"
        assert not any(front.endswith(("接下来", "下一步", "Next up")) for front in found), chore
    assert made("# Words\n\n- 接下来: next\n- 随后: later\n")["接下来"] == "next"
    steps = "- Pause: stop the shutter halfway\n- Next up: wind the film to the next frame\n"
    assert "Next up" in made(f"# Camera\n\n{steps}- Rewind: pull the film back into its can\n")
    diary = "- 今天：看完了第二章的折射\n- 接下来：看完第三章，再问助教那道题怎么做\n- 问题：全反射的条件没有搞懂\n"
    assert "接下来" not in made(f"# 日志\n\n{diary}")
    assert "下一步治疗" in made("- 下一步治疗：化疗六个周期\n- 首选检查：增强扫描\n")


def test_a_label_below_a_label_belongs_to_the_same_thing() -> None:
    text = (
        "# 急症\n\n气胸（张力性）的典型表现：呼吸极度困难、气管移向健侧\n处理：\n 1) 立即排气\n 2) 闭式引流\n"
    )
    assert "气胸的处理" in made(text)
    text = (
        "# First aid\n\nSymptoms of heat stroke: hot dry skin\nTreatment:\n- cool the body\n- give fluids\n"
    )
    assert "heat stroke: Treatment" in made(text)
    text = "# 急症\n\n心脏压塞的体征：血压低、心音弱\n诊断：心脏超声\n处理：穿刺引流\n"
    assert made(text).keys() >= {"心脏压塞：诊断", "心脏压塞：处理"}
    assert "树的节点的特点" in made("# 树\n\n树的节点：存数据的地方\n特点：\n- 有父亲\n- 有孩子\n")


def test_a_line_marked_from_end_to_end_reads_as_the_line() -> None:
    text = "# 光圈\n\n==和快门的区别：光圈管面积，快门管时间==\n\n==景深 - 看起来清楚的距离==\n"
    assert (
        told(text).items() >= {"和快门的区别": "光圈管面积，快门管时间", "景深": "看起来清楚的距离"}.items()
    )
    assert "prism" in told(
        "# Light\n\nWaves of it differ in length.\n\n==A prism is a block of glass that splits light.==\n"
    )
    assert "凹透镜" in told("# 透镜\n\n==凹透镜==\n中间薄边缘厚的透镜\n")
    hidden = made("#flashcards\n\nThe town of Carl Zeiss is\n==Jena, of course==\n")
    assert hidden == {"The town of Carl Zeiss is […]": "Jena, of course"}


def test_the_steps_of_an_answer_begin_behind_its_mark() -> None:
    for question, answer in (
        ("**Q4: 胶片怎么冲洗的**", "A: 1. 显影\n   2. 停显\n   3. 定影"),
        ("**问：胶片怎么冲洗？**", "答：① 显影\n② 停显\n③ 定影"),
        ("Q: How is film developed?", "A: 1) developer\n   2) stop bath\n   3) fixer"),
        ("## How is film developed?", "A: - developer\n   - stop bath\n   - fixer"),
    ):
        (card,) = read_note(f"{question}\n{answer}\n", "optics.md").cards
        assert len(card.points) == 3, answer
        assert "A:" not in card.answer, answer
        assert "答" not in card.answer, answer
    choice = "**Which is right?**\nA: 1. lens\nB: 2. mirror\nC: 3. prism\n"
    assert "B: 2. mirror" in told(choice)["Which is right?"]
    choice = "1. Which is right?\nA: 1. lens\n   2. hood\nB: 1. mirror\n   2. prism\n"
    assert "2. prism" in told(choice)["Which is right?"]
    assert told("**Q: 焦距是多少**\nA：50 mm\n")["焦距是多少"] == "50 mm"


def test_the_steps_of_an_answer_stay_in_the_item_that_asks() -> None:
    for question, steps in (
        ("- Q: How is film developed?", "  A: 1. developer\n  2. stop bath\n  3. fixer"),
        ("1. Q: How is film developed?", "   A: ① developer\n   ② stop bath\n   ③ fixer"),
        ("- 问：胶片怎么冲洗？", "  答：1. 显影\n  2. 停显\n  3. 定影"),
        ("- How is film developed?", "  A: - developer\n  - stop bath\n  - fixer"),
        ("- Q: How is film developed?", "A: 1. developer\n2. stop bath\n3. fixer"),
    ):
        mark = "2." if question[0] == "1" else "-"
        text = (
            f"# 暗房\n\n{question}\n{steps}\n{mark} Q: What is a safelight?\n   A: a lamp film does not see\n"
        )
        first, second = read_note(text, "optics.md").cards
        assert len(first.answer.split("\n")) == 3, question
        assert "A:" not in first.answer, question
        assert second.answer == "a lamp film does not see", question
    text = "1. How is film dried?\n   A: 1. on a line\n2. What is a safelight?\n   A: a dim lamp\n"
    assert len(made(text)) == 2


def test_a_label_below_a_question_is_part_of_its_answer() -> None:
    for title in ("**Q2：什么是色散？有什么用？**", "## 为什么要研究色散？"):
        found = told(f"{title}\n白光分成各种颜色，能认出物质。\n用途：光谱分析、测温\n")
        assert not any(front.endswith("用途") for front in found), title
    found = told("## 什么是色散？\n\n白光分成各种颜色的现象。\n\n用途：光谱分析、测温\n特点：紫光偏得最多\n")
    assert found["色散：用途"] == "光谱分析、测温"
    found = told("## 透镜怎么分类？\n\n凸透镜：中间厚\n凹透镜：中间薄\n")
    assert found["凸透镜"] == "中间厚"


def test_a_quote_below_a_name_and_its_translation_is_what_it_means() -> None:
    text = "**公地悲剧** tragedy of the commons\n> 公共资源被过度使用\n\n"
    text += "**道德风险** moral hazard\n> 有了保险更不小心\n"
    found = {card.prompt: card for card in read_note(text, "trade.md").cards}
    assert found["公地悲剧"].answer == "公共资源被过度使用"
    assert "tragedy of the commons" in found["公地悲剧"].aliases
    assert found["道德风险"].answer == "有了保险更不小心"
    assert told("**搭便车** free rider\n> 例：不付费看烟花\n")["搭便车"] == "free rider"
    assert told("**mitigate** 减轻\n> steps to mitigate the damage\n")["mitigate"] == "减轻"


def test_a_saying_below_a_translation_is_no_meaning() -> None:
    for quote in (
        "> 人人生而平等，谁也不高谁一等",
        "> 海内存知己，天涯若比邻",
        "> 有饭大家吃\n> ——外婆",
        "> “不患寡而患不均”",
    ):
        assert told(f"**平等** equality\n\n{quote}\n")["平等"] == "equality", quote
    for quote in ("平等：没有人有特权", "平等是指没有人有特权", "谁都没有特权的状态"):
        assert made(f"**平等** equality\n> {quote}\n")["平等"] == quote
    assert made("**Hedonist** 享乐主义者\n> 今天的酒今天喝\n")["Hedonist"].startswith("享乐主义者\n")


def test_a_list_that_is_all_there_is_under_a_title_is_named_by_both() -> None:
    codes = "- 301 永久重定向\n- 302 临时重定向\n- 404 找不到资源\n"
    assert made(f"## HTTP\n\n状态码：\n{codes}")["HTTP：状态码"] == codes.strip()
    assert "激光的工作物质" in made("## 激光\n\n工作物质：\n- 固体 红宝石\n- 气体 氦氖\n")
    assert "Laser: Media" in made("## Laser\n\nMedia:\n- solid ones\n- gas of any kind\n- dye\n")
    for over in ("激光可以分为以下几类：", "激光的种类："):
        found = made(f"## 激光\n\n{over}\n- 固体激光\n- 气体激光\n")
        assert found.keys() <= {"激光", "激光的种类"}, over


def test_lines_that_each_define_something_are_cards_each() -> None:
    for text, fronts in (
        (
            "近轴光是指贴着光轴走的光（比如激光笔）\n远轴光是指离光轴远的光（比如广角边缘）\n",
            ("近轴光", "远轴光"),
        ),
        (
            "Refraction refers to the bending of light\nReflection refers to its return\n",
            ("Refraction", "Reflection"),
        ),
        ("A lens is a glass that bends light.\nA prism is a glass that splits light.\n", ("lens", "prism")),
        ("通光量（T值）是指真正透过镜头的光\n光圈值是指焦距与孔径之比\n", ("通光量", "光圈值")),
    ):
        found = told(text)
        for front, line in zip(fronts, text.split("\n"), strict=False):
            assert found[front] == line, front
    text = "透镜是指能让光会聚或发散的玻璃，\n棱镜是指能分光的玻璃\n"
    assert "棱镜" in told(text)["透镜"]
    assert len(told("Refraction is the bending of light.\nIt is the cause of rainbows.\n")) <= 2


def test_a_sentence_that_goes_on_over_the_end_of_a_line_is_one() -> None:
    text = "A stop is a ring that holds back the light at the rim of a lens. In a camera\n"
    text += "Aperture is the name of its opening. Both words are used for the number too.\n"
    found = made(text)
    assert not found["stop"].endswith("In a camera")
    assert "Aperture" not in found
    text = "光阑是镜头里面一圈可以开大也可以收小的金属薄片，它管住进光。镜头\n"
    text += "光圈是它中间的开口，开口越大进来的光就越多，景深\n也就越浅。\n"
    assert "光圈" not in made(text)
    assert not any(answer.endswith("镜头") for answer in made(text).values())
    text = "A stop is a ring that holds back the light that comes in at the rim of a lens\n"
    text += "A hood is a tube that holds back the light that comes in from beside the scene\n"
    assert made(text).keys() == {"stop", "hood"}


def test_a_mark_of_the_exam_is_no_front() -> None:
    text = "★易错：凸透镜的焦点是光线会聚的地方\n★易错：凹透镜成像 总是缩小 总是正立\n"
    found = told(text)
    assert found["凸透镜的焦点"] == "凸透镜的焦点是光线会聚的地方"
    assert "凹透镜成像" in found
    text = "# 光学\n\n- 必考：折射率：光速之比\n- （了解）光疏：光速大\n- ⭐重点：色散：白光分成各种颜色\n\n"
    text += "（重点）光心：透镜的中心\n【易错】焦距：到焦点的距离\n\n**★易错：**光阑：挡住边缘光线的环\n"
    assert made(text).keys() >= {"折射率", "光疏", "色散", "光心", "焦距", "光阑"}
    text = "# 光学\n\n- [HY] Clean the lens before the class\n- [重点] 棱镜：分光的玻璃\n- 【必考】白光经过棱镜会散开\n"
    answer = made(text)["光学"]
    assert "[HY] Clean" in answer
    assert "必考" not in answer
    assert "棱镜" in made(text)
    assert "虚像" in told("注意辨析：虚像是光线的反向延长线的交点\n难点：像差是成像不完善的总称\n")
    assert "色散：重点" in made("## 色散\n\n重点：紫光偏得最多，红光偏得最少。\n考点：光谱的顺序\n")
    assert "分数除法的难点" in made("# 分数除法\n\n难点：\n- 颠倒除数\n- 约分\n")


def test_pages_without_headings_are_titled_by_their_first_lines() -> None:
    text = "光的传播\n\n---\n\n反射\n\n"
    text += "含义：光回到原来的介质\n特点：两个角相等\n\n---\n\n折射\n\n含义：光改变方向\n条件：斜射\n"
    text += "\n---\n\n色散\n\n• 白光分成各种颜色\n• 紫光偏得最多\n\n---\n\n干涉\n\n公式：光程差等于波长的整数倍时最亮\n"
    text += "\n---\n\n今天就到这里，谢谢观看！\n\n作业：第三页\n"
    found = told(text, "课件.md")
    assert found.keys() >= {"反射", "反射：特点", "折射：条件", "色散"}
    assert not any("课件" in front or "观看" in front for front in found)
    cards = made(
        "什么是反射？\n\n---\n\n光回到原来的介质\n\n---\n\n什么是折射？\n\n---\n\n光改变方向\n\n---\n"
    )
    assert cards == {"反射": "光回到原来的介质", "折射": "光改变方向"}
    diary = told("今天读了第一章。\n\n---\n\n晚上又读了一遍。\n\n---\n\n明天再说\n\n还要买书\n")
    assert "明天再说" not in diary


def _slides(last: str) -> str:
    """A note of pages by rules, with its last page."""
    return (
        "Bodies\n\n- Shutter: lets light in for a time\n- Sensor: turns light into charge\n\n---\n\n"
        "Lenses\n\n- Wide: shows much of a scene\n- Tele: brings far things near\n\n---\n\n"
        f"Light\n\nUnit: the lux\nSource: the sun\n\n---\n\n{last}\n"
    )


def test_a_last_page_that_takes_leave_keeps_what_is_asked_on_it() -> None:
    for title in ("Q&A", "Questions?", "Thanks", "Thank you very much!", "谢谢观看"):
        found = made(
            _slides(f"{title}\n\nQ: What is a stop?\nA: A halving of the light\n\nBokeh :: soft blur")
        )
        assert {"A halving of the light", "soft blur"} <= set(found.values()), title
        found = made(_slides(f"{title}\n\n- Stop: a halving of the light\n- Bokeh: soft blur"))
        assert found.keys() >= {"Stop", "Bokeh"}, title
        for line in ("Bokeh :: soft blur", "Bokeh: a soft blur", "- Bokeh: a soft blur"):
            assert "Bokeh" in told(_slides(f"{title}\n\n{line}")), title
        for line in ("", "see you next week", "mail: tom@example.org"):
            found = told(_slides(f"{title}\n\n{line}"))
            assert not any(word in f"{found}" for word in ("Thank", "谢谢", "Questions", "Q&A", "tom@")), (
                title
            )
    assert "Thank you letters" in str(told(_slides("Thank you letters\n\n- short\n- written by hand")))


def test_pages_of_sentences_alone_have_no_titles() -> None:
    for pages in (
        ("Dawn\n\nGrey is the sea,\nCold is the sand.", "Noon\n\nNo wind for me,\nNo shade on land."),
        ("Rents\n\nRents rose in May and fell in June.", "Wages\n\nWages were paid late in both months."),
        ("出门很早\n\n在河边吃了饭，天气很好。", "最后一天\n\n收拾好东西坐火车回家了。"),
    ):
        assert not made("\n\n---\n\n".join(pages * 2)), pages
    assert made(_slides("Glare\n\nStray light washes the picture out."))["Glare"].startswith("Stray light")


def test_what_a_doctor_labels_is_asked_of_its_thing() -> None:
    text = (
        "# Drugs\n\n## Atropine\n\nIt blocks muscarinic receptors.\n"
        "Indication: a slow heart\nContraindication: glaucoma\n\n"
        "## Salbutamol\n\nIt widens the bronchi.\nIndication: asthma\nContraindication: none to speak of\n"
    )
    found = read_note(text, "a.md")
    fronts = {card.prompt for card in [*found.cards, *(offer.card for offer in found.offers)]}
    assert {"Atropine: Indication", "Atropine: Contraindication", "Salbutamol: Indication"} <= fronts
