"""Regional words: what they become, what they must leave alone, and what keeps the list sound."""

from __future__ import annotations

from typing import Any

import pytest

from triage.catalog.files import KnowledgeFiles
from triage.catalog.jieba_words import load_word_counts
from triage.catalog.opencc import load_converter, load_taiwan_phrases
from triage.catalog.preprocessing import VOCABULARY, WORDS, load_vocabulary
from triage.preprocess.aligned import Aligned
from triage.preprocess.characters import fold, squeeze
from triage.preprocess.normalize import Normalizer
from triage.preprocess.script import ScriptConverter
from triage.preprocess.segment import Segmenter
from triage.preprocess.vocabulary import RegionalVocabulary

SHIELD = "kept."
NEGATIONS = "不没未无莫别难"
"""Characters that deny, forbid or belittle."""

RHETORICAL = {"唔该", "唔该晒", "冇阴功"}
"""Words with 唔 or 冇 that deny nothing: please, thanks, shame on you."""


@pytest.fixture(scope="module")
def files() -> KnowledgeFiles:
    return KnowledgeFiles()


@pytest.fixture(scope="module")
def converter() -> ScriptConverter:
    return load_converter()


@pytest.fixture(scope="module")
def groups(files: KnowledgeFiles) -> dict[str, dict[str, str]]:
    """Words of the file by group id."""
    content: dict[str, Any] = files.read(VOCABULARY)
    return {group["id"]: group["words"] for group in content["groups"]}


@pytest.fixture(scope="module")
def regional(groups: dict[str, dict[str, str]]) -> dict[str, str]:
    """All words that are replaced; the shields are left out."""
    return {
        word: mainland
        for group, words in groups.items()
        if not group.startswith(SHIELD)
        for word, mainland in words.items()
    }


@pytest.fixture(scope="module")
def vocabulary(files: KnowledgeFiles, converter: ScriptConverter) -> RegionalVocabulary:
    """The words as the preparation uses them, OpenCC's included."""
    return RegionalVocabulary(load_vocabulary(files, converter))


@pytest.fixture(scope="module")
def normalizer(converter: ScriptConverter, vocabulary: RegionalVocabulary) -> Normalizer:
    return Normalizer(converter, vocabulary)


@pytest.fixture(scope="module")
def segmenter(files: KnowledgeFiles) -> Segmenter:
    return Segmenter(load_word_counts().including(files.read(WORDS)["words"]))


def replace(vocabulary: RegionalVocabulary, text: str) -> str:
    return vocabulary.replace(Aligned.identity(text)).text


# --- the list ----------------------------------------------------------------------------------------------


def test_every_regional_word_changes(regional: dict[str, str]) -> None:
    """A word that becomes itself does nothing and belongs to the shields, if anywhere."""
    assert [word for word, mainland in regional.items() if word == mainland] == []


def test_every_shield_keeps_its_word(groups: dict[str, dict[str, str]]) -> None:
    """A group `kept.*` maps each word to itself."""
    shields = [words for group, words in groups.items() if group.startswith(SHIELD)]
    assert shields
    assert [word for words in shields for word, kept in words.items() if word != kept] == []


def test_every_shield_holds_something_off(
    groups: dict[str, dict[str, str]], files: KnowledgeFiles, converter: ScriptConverter
) -> None:
    """Inside a shield, or from its end on, a regional word begins; otherwise it would shield nothing."""
    words = {word for word, mainland in load_vocabulary(files, converter).items() if word != mainland}
    beginnings = {word[:length] for word in words for length in range(1, len(word) + 1)}

    def needed(shield: str) -> bool:
        inside = any(word in shield for word in words)
        return inside or any(shield[start:] in beginnings for start in range(1, len(shield)))

    shields = [word for group, kept in groups.items() if group.startswith(SHIELD) for word in kept]
    assert [shield for shield in shields if not needed(shield)] == []


def test_a_word_stands_in_one_group_only(groups: dict[str, dict[str, str]]) -> None:
    """Whoever changes a word finds it once."""
    words = [word for group in groups.values() for word in group]
    assert sorted(word for word in set(words) if words.count(word) > 1) == []


def test_every_word_can_be_met(regional: dict[str, str], converter: ScriptConverter) -> None:
    """Words are written as texts arrive at the pass: folded, squeezed and in Simplified characters."""
    met = {word: converter.convert(squeeze(fold(Aligned.identity(word)))).text for word in regional}
    assert {word: text for word, text in met.items() if word != text} == {}


def test_a_second_pass_changes_nothing(files: KnowledgeFiles, converter: ScriptConverter) -> None:
    """No mainland form holds a regional word, so terms and texts always meet in the same form."""
    words = load_vocabulary(files, converter)
    vocabulary = RegionalVocabulary(words)
    again = {mainland: replace(vocabulary, mainland) for mainland in words.values()}
    assert {first: second for first, second in again.items() if first != second} == {}


def test_single_characters_are_strangers_to_mainland_texts(regional: dict[str, str]) -> None:
    """Alone stand only characters outside the 3,755 common ones of GB 2312; 帐 and 仲 have their shields."""

    def common(character: str) -> bool:
        encoded = character.encode("gb2312", errors="ignore")
        return len(encoded) == 2 and 0xB0 <= encoded[0] <= 0xD7

    assert {word for word in regional if len(word) == 1 and common(word)} == {"帐", "仲"}


def test_a_denial_stays_a_denial(regional: dict[str, str]) -> None:
    """What holds 唔 or 冇 denies in its mainland form too."""
    denials = {
        word: mainland
        for word, mainland in regional.items()
        if {"唔", "冇"} & set(word) and word not in RHETORICAL
    }
    assert len(denials) > 100
    assert {word: m for word, m in denials.items() if not set(NEGATIONS) & set(m)} == {}


def test_refused_words_are_openccs_and_stay_out(files: KnowledgeFiles, converter: ScriptConverter) -> None:
    """Each refused word exists in the dictionary it is taken from, and is not applied as it stands there."""
    refused = files.read(VOCABULARY)["refused"]
    phrases = load_taiwan_phrases(converter)
    in_force = load_vocabulary(files, converter)
    assert [word for word in refused if word not in phrases] == []
    assert [word for word in refused if in_force.get(word) == phrases[word]] == []


def test_retail_words_are_in_mainland_form(
    files: KnowledgeFiles, converter: ScriptConverter, vocabulary: RegionalVocabulary
) -> None:
    """The segmentation sees texts after the regional pass; a word in another form would never be found."""
    words = files.read(WORDS)["words"]
    assert len(words) == len(set(words))
    normal = {
        word: replace(vocabulary, converter.convert(fold(Aligned.identity(word))).text) for word in words
    }
    assert {word: text for word, text in normal.items() if word != text} == {}


# --- what regional sentences become -----------------------------------------------------------------------

TAIWAN = [
    ("行動電源充到一半冒煙", ["充电宝", "冒烟"]),
    ("地下街有濃濃的瓦斯味", ["煤气味"]),
    ("瓦斯桶放在逃生門旁邊", ["煤气罐", "安全出口"]),
    ("手扶梯突然停住,阿嬤往前摔", ["扶梯", "奶奶"]),
    ("電扶梯縫隙夾到鞋子", ["扶梯", "夹到"]),
    ("冷氣完全不冷,悶到頭暈", ["空调"]),
    ("鮭魚聞起來臭酸", ["三文鱼", "发馊"]),
    ("優酪乳的有效日期過了三天", ["酸奶", "有效期"]),
    ("高麗菜裡面一堆小黑蚊", ["卷心菜", "蚊子"]),
    ("便當裡吃到塑膠片", ["盒饭", "塑料片"]),
    ("結帳櫃台只開一個,隊伍排到門口", ["收银台"]),
    ("自助結帳機一直當機", ["自助收银机", "死机"]),
    ("折價券明明沒過期卻不能折抵", ["优惠券", "抵扣"]),
    ("會員點數不見了三千點", ["会员积分"]),
    ("刷退等了兩個月還沒入帳", ["退款", "入账"]),
    ("統編打錯要我自己跑一趟", ["税号"]),
    ("宅配員把箱子丟在樓下", ["快递"]),
    ("外送員跟保全人員吵起來", ["外卖员", "保安"]),
    ("網路訂單被取消,簡訊也沒收到", ["网络订单", "短信"]),
    ("客服專線永遠沒人接", ["客服热线"]),
    ("店員口氣很差還跩什麼", ["语气", "嚣张什么"]),
    ("工讀生連發票都不會開", ["兼职员工"]),
    ("服務生的態度有夠差", ["服务员", "真差"]),
    ("櫃姐一直盯著我的身分證看", ["专柜店员", "身份证"]),
    ("個資被外洩,每天接到詐騙電話", ["个人信息"]),
    ("鑑賞期內退貨被拒絕", ["无理由退货期"]),
    ("品質跟上次差很多,CP值很低", ["质量", "性价比"]),
    ("妳們的手搖飲喝了烙賽", ["你们", "拉肚子"]),
    ("延長線插頭燒焦,跳電兩次", ["插线板", "烧焦", "跳闸"]),
    ("甚麼態度啊!再不處理我就提告", ["什么态度", "起诉"]),
    ("在化妝室門口被人毛手毛腳", ["洗手间"]),
    ("滑鼠跟隨身碟都是壞的", ["鼠标", "u盘"]),
    ("停車場的監視器根本沒開", ["监控"]),
    ("即期品沒有標示清楚", ["临期商品"]),
    ("寄物櫃打不開,置物籃也不夠", ["储物柜"]),
]

HONG_KONG = [
    ("雪櫃冧咗落嚟差啲壓到細路", ["冰箱", "塌了", "差点", "小孩"]),
    ("走火通道畀貨物塞晒", ["消防通道", "全堵了"]),
    ("升降機困咗我哋成個鐘", ["电梯", "了", "我们", "整个"]),
    ("俾人困喺𨋢入面", ["被人困", "电梯", "里面"]),
    ("滅火筒過咗期都冇人理", ["灭火器", "过期了", "没人理"]),
    ("插蘇冒煙,有陣燶味", ["插座", "冒烟", "焦味"]),
    ("石油氣罐漏氣,成個舖位都係味", ["液化气罐", "漏气", "整个"]),
    ("碗麵入面有隻曱甴", ["里面", "蟑螂"]),
    ("烏蠅喺啲叉燒度飛嚟飛去", ["苍蝇", "在"]),
    ("收銀處嗰個職員黑口黑面", ["收银台", "那个", "黑着脸"]),
    ("找贖少咗五十蚊", ["找零", "五十元"]),
    ("信用咭碌咗兩次", ["信用卡"]),
    ("三文治同朱古力都溶晒", ["三明治", "巧克力", "全化了"]),
    ("把遮用一次就爛咗", ["把伞", "烂了"]),
    ("銀包喺更衣室唔見咗", ["钱包", "在", "不见了"]),
    ("食物質素越嚟越差", ["食物质量"]),
    ("速遞員將件嘢掟喺門口", ["快递员", "件东西", "扔在"]),
    ("顧客服務主任話跟進,之後冇下文", ["客服", "没有下文"]),
    ("豉油樽爆咗,玻璃四圍飛", ["酱油瓶", "爆了"]),
    ("膠袋要收一蚊", ["塑料袋", "一元"]),
    ("看更員唔畀我出門口", ["保安", "不给我出"]),
    ("去水位塞住,洗手間浸晒", ["下水口"]),
]

CANTONESE = [
    ("食完全家人又屙又嘔", ["吃完", "上吐下泻"]),
    ("個仔飲咗兩啖就肚痛", ["孩子", "喝了", "肚子疼"]),
    ("啲生蠔食到我屙嘔入咗醫院", ["些", "吃到", "上吐下泻", "进了医院"]),
    ("地下好跣,阿婆跌親條腰", ["很滑", "老奶奶", "摔伤"]),
    ("我哋等咗成粒鐘都未有位", ["我们等了"]),
    ("佢哋唔係好有禮貌", ["他们不是"]),
    ("點解唔可以退錢", ["为什么不可以退钱"]),
    ("呢度啲嘢又貴又難食", ["这里", "东西", "难吃"]),
    ("邊個負責?乜嘢態度嚟㗎", ["谁负责", "什么态度"]),
    ("唔該快啲處理", ["麻烦快点处理"]),
    ("個職員當眾鬧人,鬧咗成粒鐘", ["骂人", "骂了"]),
    ("畀錢嗰陣先話冇貨", ["付钱", "那时", "没有货"]),
    ("而家仲未收到貨", ["现在还没收到货"]),
    ("打極都冇人聽電話", ["没人接电话"]),
    ("揾唔到收銀員,企喺度等", ["找不到收银员", "站在这里等"]),
    ("件衫甩色,着咗一次就爛", ["件衣服掉色"]),
    ("俾佢呃咗三百蚊", ["被他骗了三百元"]),
    ("俾人打,保安睇住都唔理", ["被人打", "看着都不管"]),
    ("有個男人跟住我個女", ["跟着我"]),
    ("嗰間舖頭啲麵包生咗毛", ["那家店铺", "生了毛"]),
    ("叫左兩碟,得一碟嚟", ["叫了两碟"]),
    ("我地坐低之後先話冇位", ["我们坐下", "没有位"]),
    ("佢地既服務真係好差", ["他们的服务真是好差"]),
    ("仆街,黐線㗎你哋", ["王八蛋", "神经病", "你们"]),
    ("再唔退錢我死畀你睇", ["死给你看"]),
    ("好嬲,嬲到想嘈交", ["很生气"]),
    ("啱啱買返嚟就壞咗", ["刚刚买回来就坏了"]),
    ("行街嗰陣俾架車撞親", ["逛街", "撞伤"]),
    ("唔覺得抵食", ["不觉得划算"]),
    ("電話打唔通,電郵又冇人覆", ["电话打不通", "电子邮件", "没人"]),
]


@pytest.mark.parametrize(("text", "expected"), TAIWAN + HONG_KONG + CANTONESE)
def test_regional_sentences_come_into_mainland_words(
    normalizer: Normalizer, text: str, expected: list[str]
) -> None:
    """Complaints from Taiwan and Hong Kong and in Cantonese hold the same words as mainland ones."""
    normal = normalizer.normalize_term(text)
    assert [word for word in expected if word not in normal] == [], normal


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("個舖頭成日都唔通風", "个铺头成日都唔通风"),
        ("啲嘢燶咗,有陣濃煙", "啲嘢燶咗,有阵浓烟"),
        ("妳們的手扶梯壞了", "妳们的手扶梯坏了"),
        ("嗰度有曱甴", "𠮶度有曱甴"),
    ],
)
def test_the_script_does_not_matter(normalizer: Normalizer, traditional: str, simplified: str) -> None:
    """Cantonese and Taiwanese words are found in Simplified characters too."""
    assert normalizer.normalize_term(traditional) == normalizer.normalize_term(simplified)


# --- what must stay as it is ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "但系统提示支付失败,因为系统升级",
        "都系着围裙,就系统一发的那种",
        "产品质量差,商品质保期只有三天",
        "食品质检报告在哪里",
        "零食到货了没有,熟食到底几点出",
        "我食物中毒了,在医院挂水",
        "早点解决,给个点解释的时间也行",
        "早点知道就不买了",
        "这款鞋好耐穿,好耐用",
        "完成日期写错了,换成个大号的",
        "请按我地址送,我地方好找",
        "你地址填错了,人地两生",
        "另外送了一袋,额外带了两盒",
        "国外带回来的也比这强",
        "上网路由器买回来就坏",
        "在海边度假,跟周边度假村一样挤",
        "用左手推车,开左边那扇门",
        "等紧急通知,用紧急按钮",
        "空气炸锅一通电就冒烟",
        "防止滑倒,停止滑动",
        "要求其他门店配合",
        "系统编号对不上,传统编织袋",
        "这个资料没人要,那个资金也没退",
        "服务生硬,服务生疏",
        "皮带位置偏了,衣柜位置也不对",
        "别跟他打交道",
        "便捷运输,快捷运到",
        "不是钱的事,是态度",
        "电话没人接,对话框弹不出来",
        "帐篷漏水,蚊帐破洞",
        "冷冻柜温度不够,冷冻饮品化了",
        "普通粉丝都不如",
        "橡胶手套和乳胶手套混着卖",
        "黑面包发霉,老豆腐发酸",
        "通道被货物堵死了,消防设备没有",
        "电路过载,排插冒火花",
        "打开启动键没反应,开启包装就有味道",
        "文件柜和资料袋都在二楼",
        "按批次召回,货物堆叠太高",
        "呼叫铃坏了,传送带夹住袖子",
        "方便当面说吗,顺便当场退了吧",
        "银行卡被盗刷,自行车轮胎没气",
        "老细纹一点没淡,水光感激不起来",
        "打底裤破洞,体恤衫掉色吗",
        "最低消费八十,没有降低消耗",
        "步行街那家店,人行道停满车",
        "仲裁委都说你们违约",
        "详细路线和仔细个头都写了",
        "就是现在火大,气炸了",
        "锅烧干了,厨房起火,煤气没关",
    ],
)
def test_mainland_sentences_stay_as_they_are(normalizer: Normalizer, text: str) -> None:
    """Ordinary mainland complaints hold no regional word, not even across the borders of words."""
    assert normalizer.normalize_term(text) == text


# --- the words of the shop --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("自助收银机扫不出条形码", ["自助收银机", "条形码"]),
        ("生鲜区的三文鱼发臭", ["生鲜区", "三文鱼", "发臭"]),
        ("临期食品当正价卖", ["临期食品"]),
        ("电子价签和小票对不上", ["电子价签", "小票"]),
        ("不给无理由退货", ["无理由退货"]),
        ("美食广场的排烟管漏油", ["美食广场"]),
        ("母婴室门锁坏了", ["母婴室"]),
        ("钢丝球的铁丝混在菜里", ["钢丝球", "铁丝"]),
        ("客服说没货就砍单", ["没货", "砍单"]),
        ("快递小哥虚假签收", ["快递小哥", "虚假签收"]),
        ("冷链断了还敢说次日达", ["冷链", "次日达"]),
        ("充电桩旁边冒黑烟", ["充电桩", "冒黑烟"]),
        ("电池鼓包把后盖顶开", ["电池鼓包"]),
        ("烟雾报警器响了一夜", ["烟雾报警器"]),
        ("高空坠物砸到推车", ["高空坠物"]),
        ("年底积分清零没有通知", ["积分清零"]),
        ("被自动续费扣了一年会员费", ["自动续费"]),
        ("翻新机当新机卖", ["翻新机"]),
        ("空气炸锅掉漆", ["空气炸锅", "掉漆"]),
        ("车厘子一半是坏果", ["车厘子", "坏果"]),
        ("保洁阿姨拖完地没放警示牌", ["保洁阿姨", "警示牌"]),
        ("专柜店员爱搭不理", ["专柜店员", "爱搭不理"]),
        ("优惠券满减凑单算错", ["优惠券", "满减", "凑单"]),
        ("安全出口上了锁", ["安全出口"]),
        ("小区自提点少发两件", ["自提点", "少发"]),
        ("手机屏幕黑屏死机", ["黑屏", "死机"]),
        ("真空包装的卤味胀包", ["真空包装", "胀包"]),
        ("急性肠胃炎挂水三天", ["急性肠胃炎", "挂水"]),
        ("人脸识别才能进门", ["人脸识别"]),
        ("性骚扰还限制出门", ["性骚扰"]),
        ("螺蛳粉里有虫卵", ["螺蛳粉", "虫卵"]),
        ("前置仓的骑手态度差", ["前置仓", "态度差"]),
        ("货不对版还不给退差价", ["货不对版", "退差价"]),
        ("大数据杀熟太明显", ["大数据杀熟"]),
        ("客梯逆行急停", ["客梯", "急停"]),
        ("店里装了充电宝租借柜", ["充电宝"]),
        ("送货上门变成放驿站", ["送货上门", "驿站"]),
        ("云闪付红包没抵扣", ["云闪付"]),
        ("酸奶胀气发霉", ["酸奶", "胀气", "发霉"]),
        ("把我推来推去互相推诿", ["推来推去", "互相推诿"]),
    ],
)
def test_words_of_the_shop_are_kept_whole(segmenter: Segmenter, text: str, expected: list[str]) -> None:
    """Goods, places, dangers and grievances come out of the segmentation in one piece."""
    words = [token.text for token in segmenter.segment(text)]
    assert [word for word in expected if word not in words] == [], words
