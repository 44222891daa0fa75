"""Steps are found where they stand, and those the wrong way round are named."""

from studyllm.grading.order import assigned, by_words, inversions, other_way, stretches, written_out


def test_an_answer_falls_into_stretches_that_may_each_be_a_step() -> None:
    assert stretches("先词法分析，再语法分析，最后生成代码") == ("先词法分析", "语法分析", "生成代码")
    assert stretches("inhale → hold → exhale") == ("inhale", "hold", "exhale")
    assert stretches("mix the dough, then let it rest and finally bake it") == (
        "mix the dough",
        "let it rest and",
        "bake it",
    )
    assert stretches("血压升高 心率减慢 5 次") == ("血压升高", "心率减慢 5 次")
    assert stretches(" …") == ()


def test_each_step_gets_a_stretch_of_its_own() -> None:
    assert assigned([[0.9, 0.8], [0.85, 0.1]]) == (1, 0)
    assert assigned([[0.9], [0.2]]) == (0, -1)
    assert assigned([]) == ()


def test_steps_stand_in_their_order_unless_another_is_clearly_likelier() -> None:
    assert assigned([[0.84, 0.85, 0.80], [0.86, 0.84, 0.80], [0.80, 0.81, 0.9]], steps=True) == (0, 1, 2)
    assert assigned([[0.80, 0.92, 0.80], [0.91, 0.80, 0.80], [0.80, 0.81, 0.9]], steps=True) == (1, 0, 2)
    assert assigned([[0.9], [0.2]], steps=True) == (0, 0)
    assert assigned([[0.80, 0.90], [0.81, 0.80], [0.90, 0.80]], steps=True) == (1, -1, 0)


def test_neighbours_the_wrong_way_round_are_named() -> None:
    assert inversions((0, 1, 2), (True,) * 3) == ()
    assert inversions((1, 0, 2), (True,) * 3) == ((0, 1),)
    assert inversions((2, -1, 0), (True,) * 3) == ((0, 2),)
    assert inversions((2, 1, 0), (True, False, True)) == ((0, 2),)


def test_without_vectors_words_of_their_own_say_where_steps_stand() -> None:
    steps = ("fill the kettle", "boil the water", "pour it over the tea")
    places = by_words(steps, "pour over tea, after you boil water in a kettle")
    assert places[2] < places[1] < places[0]
    assert by_words(("a b",), "nothing") == (-1,)


def test_two_halves_may_change_places_and_nothing_else() -> None:
    assert other_way("队尾进队头出", "FIFO，从队头出从队尾进")
    assert other_way("热胀冷缩", "冷缩，热胀")
    assert not other_way("队尾进队头出", "先进先出，队头进队尾出")
    assert not other_way("队尾进入队头离开", "队头进入队尾离开")
    assert not other_way("块太大，检索不准", "块太小，检索不准；块太大，丢失上下文")
    assert not other_way("根左右", "左右根")
    assert not other_way("", "")


def test_a_longer_form_of_the_same_words_says_a_point() -> None:
    assert written_out("决定心肌初长度", "舒张末期充盈量，决定心肌收缩前的初始长度")
    assert written_out("合成蛋白质", "核糖体合成各种蛋白质")
    assert not written_out("决定心肌初长度", "决定心肌末长度")
    assert not written_out("决定心肌初长度", "不决定心肌初长度"), "it denies it"
    assert not written_out("决定心肌初长度", "长度由心肌的初始状态决定"), "another order"
    assert not written_out("流量 = 密度 × 速度", "流量等于密度加速度"), "signs are no letters"


def test_a_step_stands_where_it_is_a_word() -> None:
    steps = ("valve", "LA", "LV", "aorta")
    assert inversions(by_words(steps, "valve, LA, LV, aorta"), (True,) * 4) == ()
    assert inversions(by_words(steps, "valve, LV, LA, aorta"), (True,) * 4) == ((1, 2),)
