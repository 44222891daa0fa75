"""Words that label a part of an answer ("特点", "Overview") and are no term; nouns that announce an enumeration."""

import re
from functools import lru_cache

from studyllm.script import simplified
from studyllm.text import CJK, fold, without_tail

_ZH = (
    "如何帮助 掌握 熟悉 了解 掌握内容 熟悉内容 了解内容 随手记 "
    "定义 概念 含义 释义 解释 通俗解释 简介 介绍 概述 概要 概况 背景 特点 特征 特性 特色 性质 优点 缺点 "
    "优势 劣势 优缺点 不足 局限 局限性 作用 用途 功能 "
    "目的 意义 影响 结果 后果 结论 总结 小结 归纳 例子 例 例如 例题 示例 实例 案例 举例 比如 譬如 "
    "如 如下 以下 注意 注意事项 注 备注 提示 提醒 警告 "
    "说明 补充 补充说明 扩展 拓展 延伸 参数 参数说明 输入 输出 返回 返回值 步骤 流程 过程 阶段 方法 方式 做法 用法 "
    "使用 使用方法 使用场景 应用 应用场景 应用领域 "
    "适用场景 适用范围 适用 场景 典型产品 代表 代表产品 代表人物 代表作 代表作品 原因 成因 病因 病机 机制 "
    "机理 原理 思想 思路 核心 核心思想 基本思想 关键 "
    "关键点 要点 重点 难点 考点 易错点 知识点 条件 前提 要求 目标 任务 内容 范围 对象 类型 种类 "
    "分类 类别 形式 结构 组成 构成 要素 因素 原则 规则 "
    "公式 推导 证明 解 解析 解答 分析 思考 问题 问 答 答案 题目 题解 练习 作业 习题 选择题 填空题 "
    "描述 表现 临床表现 症状 体征 诊断 检查 治疗 预防 "
    "预后 鉴别 鉴别诊断 并发症 流行病学 病理 病理生理 实验室检查 时间 日期 更新日期 更新时间 "
    "创建时间 发布时间 地点 人物 作者 译者 来源 出处 链接 "
    "网址 地址 参考 参考资料 参考文献 相关 相关链接 相关阅读 标签 关键词 分类号 状态 版本 备选 元数据 反向链接 "
    "优先级 负责人 联系方式 邮箱 电话 价格 数量 单位 名称 "
    "标题 目录 前言 序言 引言 附录 其他 其它 其中 此外 另外 然后 首先 其次 最后 第一 第二 第三 一 "
    "二 三 因此 所以 但是 区别 对比 比较 联系 关系 "
    "异同 相同点 不同点 复杂度 时间复杂度 空间复杂度 定位 现状 历史 发展 趋势 评价 收获 感想 心得 "
    "计划 待办 语法 格式 代码 实现 效果 测试 环境 "
    "配置 安装 运行 下载 数据 图 表 见 参见 详见 又称 别名 简称 全称 英文 中文 缩写 读音 拼音 词性 "
    "近义词 反义词 同义词 意思 实际含义 例句 典型例句 "
    "例词 音标 发音 搭配 固定搭配 类似表达 相似表达 适用领域 口诀 记忆 助记 形态 分布 "
    "主治 功用 功能主治 性味 归经 性味归经 治法 方药 代表方 证候 病位 易混 方歌 趣记 歌诀 速记 辨证 "
    "诱因 促因 预后因素 栖息地 产地 成分 功效 适应症 禁忌 禁忌症 不良反应 副作用 用量 用法用量 剂量 优先 是 否 对 错 "
    "问题描述 解决方案 解决方法 解决办法 建议 基础 行动 教训 经验教训 经验 启示 主张 措施 经过 地位 "
    "导火索 导火线 贡献 适应证 禁忌证 处理 处置 护理 护理措施 抢救 用药 观点 看法 立场 内涵 外延 "
    "主题 对策 争议 局面 标志 评析 体现 依据 划分依据 主旨 人物形象 写作手法 史料 重要性 必要性 根源 理由 "
    "上一节 下一节 上一章 下一章 上一页 下一页 课件 结语 尾声 例外 变位 变形 接续 活用 老师 教师 "
    "服法 君药 臣药 佐药 使药 方解 主治病证 处罚 血供 神经支配 起止点 毗邻 体表投影 "
    "起止 双方 参战方 领导人 出生 逝世 创立 创始人 成立时间"
)
_EN = (
    "overview|contents|table of contents|definition|definitions|meaning|description|introduction|intro|"
    "background|summary|"
    "conclusion|recap|abstract|"
    "presentation|clinical presentation|clinical features|clinical manifestations|management|"
    "treatment|treatments|therapy|"
    "diagnosis|differential diagnosis|differential|ddx|dx|tx|rx|sx|workup|work-up|investigations|"
    "labs|imaging|prognosis|"
    "complications|epidemiology|etiology|aetiology|pathophysiology|pathogenesis|pathology|mechanism|"
    "mechanism of action|moa|"
    "aetiologies|etiologies|"
    "mechanisms|cause|causes|symptoms|signs|signs and symptoms|risk factors|prevention|screening|"
    "histology|indications|"
    "contraindications|indication|contraindication|adverse|nerve supply|"
    "blood supply|side effects|adverse effects|toxicity|dose|dosage|clinical use|clinical uses|"
    "function|functions|"
    "example|examples|e.g|eg|ex|for example|for instance|note|notes|note of caution|nb|n.b|tip|tips|"
    "hint|hints|warning|"
    "caution|important|info|attention|remark|remarks|reminder|goal|goals|aim|aims|objective|"
    "objectives|purpose|"
    "motivation|use|uses|usage|use case|use cases|application|applications|pros|cons|pros and cons|"
    "advantages|disadvantages|"
    "advantage|disadvantage|benefits|drawbacks|limitations|limitation|strengths|weaknesses|"
    "properties|property|features|"
    "feature|characteristics|components|structure|types|type|kinds|kind|classification|categories|"
    "category|steps|step|"
    "procedure|process|method|methods|approach|algorithm|formula|proof|case|lemma|theorem|corollary|"
    "claim|solution|answer|"
    "answers|question|questions|q|a|exercise|exercises|problem|problems|discussion|analysis|result|"
    "results|observation|"
    "observations|idea|key idea|intuition|key points|key point|key takeaways|takeaway|takeaways|"
    "main idea|via|ref|refs|"
    "reference|references|see|see also|source|sources|link|links|url|related|further reading|"
    "reading|readings|author|"
    "authors|date|time|when|where|who|what|why|how|which|location|place|status|version|tags|tag|"
    "todo|to do|done|owner|"
    "assignee|attendees|agenda|action|actions|action items|decision|decisions|deadline|due|priority|"
    "contact|email|phone|"
    "price|cost|license|input|inputs|output|outputs|parameters|parameter|params|arguments|args|"
    "returns|return|return type|"
    "return value|raises|throws|default|required|optional|syntax|code|implementation|complexity|"
    "time complexity|"
    "space complexity|time|space|runtime|muscle|origin|insertion|innervation|action|blood supply|"
    "nerve|location|"
    "appearance|pronunciation|etymology|synonyms|synonym|antonyms|also known as|aka|abbreviation|"
    "acronym|full name|"
    "first|second|third|finally|then|next|before|after|yes|no|true|false|option|other|others|misc|"
    "miscellaneous|general|"
    "metadata|backlinks|linked references|mentions|incoming links|outgoing links|"
    "update|edit|updated|created|modified|added|changed|fixed|removed|deprecated|security|breaking|"
    "breaking change|"
    "breaking changes|fix|feat|chore|docs|refactor|test|perf|style|build|ci|revert|bug|bugs|bug "
    "fixes|enhancement|"
    "improvement|improvements|new|new features|impact|effect|effects|consequences|significance|"
    "importance|scope|context|"
    "requirements|prerequisites|installation|install|setup|configuration|name|title|total|subtotal|"
    "ingredients|"
    "instructions|directions|servings|yield|habitat|diet|range|distribution|size|color|colour|weight|"
    "common|rare|mild|moderate|severe|normal|abnormal|male|female|left|right|top|bottom|in short|in "
    "summary|tl;dr|tldr|"
    "parts|listen|watch|related terms|related notes|explanation|explanations|next steps|"
    "good|bad|arguments|argument|criticism|criticisms|objections|evidence|intent|rules|outcome|outcomes|response|"
    "aftermath|legacy|key facts|key terms|main points|details|theme|themes|plot|setting|rationale|"
    "formation|conjugation|exception|exceptions|prof|professor|instructor|teacher|office hours|homework|hw|ask prof|"
    "reason|reasons|started|ended|began|born|died|founded|founder|founders|sides|dates|duration|equation|equations|"
    "leader|leaders|participants|"
    "the following|as follows|however|therefore|thus|because|but|and|or|if|so|also|otherwise|in "
    "general|in practice"
)
_OTHERS = (
    "特徴 概要 定義 意味 例 例文 用法 使い方 活用 接続 注意 注意点 注意事項 備考 補足 参考 関連 関連項目 "
    "関連用語 類義語 対義語 語源 由来 歴史 種類 分類 原因 症状 治療 治療法 診断 予防 目的 理由 結果 影響 長所 "
    "短所 利点 欠点 メリット デメリット 役割 働き 機能 構造 仕組み 手順 流れ 方法 まとめ ポイント 要点 課題 "
    "問題点 対策 背景 読み方 発音 品詞 訳 解説 解答 答え 質問 정의 특징 개념 의미 뜻 예시 예 예문 종류 분류 "
    "원인 증상 치료 진단 예방 목적 이유 결과 영향 장점 단점 역할 기능 구조 방법 절차 과정 원리 배경 역사 비교 "
    "차이점 참고 관련 주의 요약 정리 핵심 발음 품사 유의어 반의어 definición concepto significado "
    "características tipos clasificación causas síntomas tratamiento diagnóstico prevención ejemplo ejemplos "
    "ventajas desventajas función funciones estructura pasos objetivo objetivos importancia origen historia "
    "consecuencias resumen notas fórmula usos aplicaciones sinónimos antónimos etimología définition "
    "caractéristiques causes symptômes traitement diagnostic prévention exemple exemples avantages "
    "inconvénients fonction fonctions étapes objectif objectifs origine histoire conséquences résumé remarque "
    "remarques formule synonymes antonymes étymologie méthode begriff merkmale eigenschaften arten typen "
    "ursachen symptome therapie diagnose diagnostik prävention beispiel beispiele vorteile nachteile funktion "
    "funktionen aufbau struktur ablauf schritte ziel ziele bedeutung herkunft geschichte folgen "
    "zusammenfassung hinweis hinweise bemerkung formel anwendung anwendungen verwendung synonyme einteilung "
    "klinik epidemiologie pathogenese ätiologie komplikationen prognose definição características sintomas "
    "exemplos vantagens desvantagens definizione caratteristiche sintomi esempi vantaggi svantaggi"
)
LABELS = frozenset((*_ZH.split(), *_OTHERS.split(), *_EN.split("|")))
_OF_IT = re.compile(
    r"(?:why|how|when|where|what|who)\b(?: [a-z']+){0,3} (?:it|its|they|their|them)\b(?: [a-z']+){0,3}"
)
"""What asks of "it" without a mark: Why it happens, Where they grow."""
_ZH_STEMS = (
    "特点|特征|特性|性质|优点|缺点|优势|劣势|不足|局限性?|作用|用途|功能|目的|意义|影响|步骤|流程|"
    "过程|阶段|方法|用法|方式|策略|技巧|应用|应用场景|场景|领域|"
    "原因|成因|病因|机制|机理|原理|思想|思路|概念|要点|知识点|条件|目标|任务|内容|类型|种类|分类|"
    "类别|形式|结构|组成|组成部分|构成|部分|要素|因素|原则|"
    "规则|问题|表现|症状|体征|并发症|区别|差异|环节|部件|组件|模块|指标|参数|成分|措施|手段|途径|"
    "本质|实质|病原菌|病原体|致病菌|传播途径|传染源|感染途径|死因|首选药物?|首选治疗|首选检查|确诊依据|诊断依据|确诊检查|诊断标准|诊断要点"
    "|不良反应|好发部位|好发人群|临床症状|"
    "层次|级别|标准|依据|例子|产品|工具|技术|算法|模型|"
    "挑战|难点|困难|改进|发展|历史|演化|演变|顺序|周期|循环|代表|成员|职责|权利|义务|性能|状态|操作|命令"
)
_ZH_LABEL = re.compile(
    r"(?:最?主要|最常见|最严重|标志性|核心|常见|常用|关键|基本|典型|具体|一般|基础|重要|常规|实际|临床|共同|主要的?|优化|"
    r"使用|适用|应用|根本|直接|间接|首要|最终|内在|外在|深层|客观|主观|历史|社会)?的?"
    rf"(?:{_ZH_STEMS})(?:(?:与|和|及|、)(?:{_ZH_STEMS}))?"
    r"|(?:全身|局部|早期|晚期)(?:症状|表现|体征|并发症|治疗|首选药物?)|(?:控制|缓解)(?:症状|措施|首选药物?)"
)
_ZH_LIST = re.compile(
    rf"(?:{_ZH_STEMS}|史|路线|因子|要求|优缺点|组合|目的|工作|体系|系列|机构|法则|定律|特权|途径|"
    rf"时期|世代|历程)$"
)
_ZH_GENERIC = re.compile(
    rf"(?:主要|核心|常见|常用|关键|基本|典型|具体|训练|结构|组成|工作|基本的|主要的)?(?:{_ZH_STEMS})"
)
_SEQUENCE = re.compile(
    r"(?:流程|步骤|过程|阶段|演化|演变|顺序|发展|历程|周期|循环|时期|史|路线|生命周期|次序|先后|环节)"
    r"|\b(?:steps?|stages?|phases?|sequence|order|timeline|history|evolution|procedure|process|"
    r"pipeline|workflow|cycle|cascade"
    r"|pathway|progression|étapes|schritte|ablauf|pasos|etapas|fases|fasi|этапы|шаги|стадии)\b",
    re.IGNORECASE,
)
_EN_LIST_NOUN = (
    "types|kinds|classes|categories|forms|stages|steps|phases|components|parts|elements|layers|"
    "levels|causes|reasons|features|"
    "symptoms|signs|characteristics|advantages|disadvantages|benefits|drawbacks|properties|"
    "functions|principles|factors|rules|"
    "criteria|conditions|branches|methods|techniques|strategies|approaches|models|algorithms|"
    "operations|states|examples|uses|"
    "applications|complications|limitations|pillars|laws|axioms|goals|objectives|tasks|roles|"
    "responsibilities|requirements|"
    "risk factors|side effects|divisions|regions|subtypes|variants|families|groups|members|organs|"
    "bones|muscles|hormones|"
    "enzymes|nutrients|tenets|assumptions|mechanisms|sources|effects|consequences|differences|"
    "similarities|units|schools|"
    "periods|eras|processes|structures|systems|modes|attributes|ways"
)
_EN_LIST = re.compile(rf"\b(?:{_EN_LIST_NOUN})\b", re.IGNORECASE)
_EN_LABEL = re.compile(
    rf"(?:(?:main|key|core|common|major|typical|basic|important|primary|general|possible|clinical|"
    rf"other|some|more)\s+)+"
    rf"(?:{_EN_LIST_NOUN}|idea|concept|point|points|ideas|concepts|findings|takeaways|presentation|"
    rf"use|feature|function|cause)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"[\s\d.．#：:)）(（一二三四五六七八九十]")
_BOTH_SCRIPTS = re.compile(
    rf"([{CJK}]+)\s*[(（]?([a-z][a-z ]+)[)）]?|([a-z][a-z ]+?)\s*[(（]?((?!的)[{CJK}]+)[)）]?"
)
"""A name in two scripts; "Redis 的模块" says of what."""
_CHAPTER = re.compile(
    r"第\s?[0-9一二三四五六七八九十百]+\s?[章节讲课篇部分回条单元周天]+|(?:chapter|section|part|lecture|unit|lesson|week|module|day)\s?\d+"
)
REPLY_LABEL = re.compile(r"(?:回答|答题|作答|参考)(?:提示|样本|示例|范例|要点|思路|答案)")
"""What a list of questions calls the answer that it gives."""
DEFINITION = re.compile(r"(?:定义|概念|含义|释义|解释|definitions?|meaning|what it is)", re.IGNORECASE)

SAYS_WHAT = re.compile(
    r"(?:它|这)?是什么|定义|what (?:it is|is it)\W*|definition|정의|定義|definición|définition", re.IGNORECASE
)
"""The heading over what the title above it means."""


@lru_cache(maxsize=4096)
def is_label(term: str) -> bool:
    """Whether a front only names a part of something else."""
    name = simplified(fold(term)).strip(" :：*_?？!！.。")
    if name in LABELS or fold(term).strip(" :：") in LABELS:
        return True
    if "/" in name:
        return all(is_label(part) for part in name.split("/"))
    if both := _BOTH_SCRIPTS.fullmatch(name):
        return all(is_label(part.strip()) for part in both.groups() if part)
    bare = without_tail(name, _NUMBERED)
    forms = (_ZH_LABEL, _EN_LABEL, REPLY_LABEL, _CHAPTER)
    if _OF_IT.fullmatch(name) and not term.rstrip().endswith("?"):
        return True
    return not bare or bare in LABELS or any(form.fullmatch(name) for form in forms)


@lru_cache(maxsize=1024)
def is_list_title(name: str) -> bool:
    """Whether a title announces an enumeration: "训练流程", "Types of memory"."""
    name = simplified(name)
    return bool(_ZH_LIST.search(name) or _EN_LIST.search(name) or _SEQUENCE.search(name))


_ANNOUNCES = re.compile(
    rf"(?:的(?:{_ZH_STEMS})|特点|特征|特性|性质|优点|缺点|优缺点|优势|作用|意义|步骤|流程|过程|阶段|"
    rf"原因|成因|病因|条件|目标|任务|类型|种类|分类"
    r"|(?:分为|分成|划分为|包括|包含)|要点|要素|因素|原则|临床表现|症状|并发症|组成|措施|方式|途径|要求|历程|时期|演化|演变)$"
)


def announces(heading: str) -> bool:
    """Whether a heading by itself promises that its list is one enumeration."""
    heading = simplified(heading)
    return bool(_ANNOUNCES.search(heading) or _EN_LIST.search(heading)) or (
        is_sequence(heading) and not _ZH_LIST.search(heading)
    )


def is_sequence(name: str) -> bool:
    """Whether a title promises an order."""
    return bool(_SEQUENCE.search(simplified(name)))


def says_too_little(name: str) -> bool:
    """Whether a list title needs the name of what it belongs to."""
    name = simplified(name)
    return is_label(name) or bool(_ZH_GENERIC.fullmatch(name)) or bool(_EN_LIST.fullmatch(name))


def is_chapter(name: str) -> bool:
    """Whether a title only says which part of a book or a course it is: 第五讲, Week 6."""
    return _CHAPTER.fullmatch(simplified(fold(name)).strip()) is not None


_OF_WRITING = re.compile(
    r"授课|(?:授课|主讲|任课)(?:教师|老师|人)|主讲|讲师|老师|教师|日期|时间|地点|课程|作者|来源|更新(?:时间|日期)?|最后编辑|创建时间|标签"
    r"|lecturers?|prof(?:essor)?|instructor|teacher|date|author|course|source|updated|created|tags?"
    r"|科目|dozent(?:in)?|professeure?|enseignante?|profesora?|asignatura|fach|kurs|matière",
    re.IGNORECASE,
)


def tells_of_writing(name: str) -> bool:
    """Whether a label at the head of a file says who taught or wrote it, when or where."""
    return _OF_WRITING.fullmatch(simplified(name)) is not None


_GLOSSARY = re.compile(
    r"名词解释|名词|名解|术语|词汇|词汇表|概念|基本概念|核心概念|缩写|缩略语|关键词|動詞|単語|語彙|단어|어휘"
    r"|^(?:动词|形容词|副词|短语|词组|生词|单词)$"
    r"|\b(?:glossary|glossaire|glossar|glosario|lexique|vocabulaire|wortschatz"
    r"|terms?|terminology|definitions?|vocabulary|vocab|key concepts|acronyms|"
    r"abbreviations|dictionary|lexicon|vocabulario|vocabolario|vokabeln|lessico)\b"
    r"|^(?:nouns|verbs|adjectives|adverbs|phrases|sustantivos|verbos|adjetivos|adverbios|expresiones|frases"
    r"|nomen|substantive|verben|adjektive|adverbien|redewendungen|noms|verbes|adjectifs|adverbes|expressions)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def is_glossary(title: str) -> bool:
    """Whether a heading promises terms and their meanings."""
    return len(title) <= 60 and bool(_GLOSSARY.search(simplified(title)))


_ICON = re.compile(r"^[^\w\s]{1,3}\s+")
_LINKS = re.compile(
    r"(?:useful |external |related |more )?(?:links?|resources|references?|sources?|bookmarks|(?:further )?reading)"
    r"|see also"
    r"|liens|enlaces|referencias(?: cruzadas)?|fuentes|références|quellen"
    r"|weiterführende links|(?:相关|参考|推荐|友情)?(?:链接|资源|资料|阅读)|参考(?:文献|资料)?"
    r"|参考リンク|リンク",
    re.IGNORECASE,
)


def promises_links(title: str) -> bool:
    """Whether a title stands over nothing but links."""
    return _LINKS.fullmatch(_ICON.sub("", title)) is not None
