"""Personal data: what is masked and what stays.

All numbers, names and addresses are invented; the marks 【 】 show what must be found.
"""

from __future__ import annotations

import re
import string

import pytest

from triage.preprocess.redact import Kind, PersonalDatum, find_personal_data, mask

FOUND: tuple[tuple[Kind, str], ...] = (
    # Mobiles: mainland, Taiwan, Hong Kong, Macau.
    (Kind.MOBILE, "东西坏了,请打【13912345678】联系我"),
    (Kind.MOBILE, "我的电话【139 1234 5678】,下午都在"),
    (Kind.MOBILE, "手机:【139-1234-5678】"),
    (Kind.MOBILE, "请回【186.0000.1234】谢谢"),
    (Kind.MOBILE, "号码【159 123 45678】一直没人打来"),
    (Kind.MOBILE, "打【1 3 9 1 2 3 4 5 6 7 8】给我"),
    (Kind.MOBILE, "联系我【１３９１２３４５６７８】"),
    (Kind.MOBILE, "联系我【139\u200b1234\u200b5678】"),
    (Kind.MOBILE, "打【+86 139 1234 5678】或者发邮件"),
    (Kind.MOBILE, "境外请拨【008613912345678】"),
    (Kind.MOBILE, "境外请拨86【13912345678】"),
    (Kind.MOBILE, "我的手機【0912-345-678】,請回電"),
    (Kind.MOBILE, "我的手機【０９１２３４５６７８】,請回電"),
    (Kind.MOBILE, "手機號碼【0987 654 321】"),
    (Kind.MOBILE, "行動電話【+886 912 345 678】"),
    (Kind.MOBILE, "麻煩打【9123 4567】搵我"),
    (Kind.MOBILE, "麻煩打【61234567】搵我"),
    (Kind.MOBILE, "WhatsApp【+852 9123-4567】"),
    (Kind.MOBILE, "澳門電話【66123456】"),
    (Kind.MOBILE, "马来西亚号码【+60 12-345 6789】"),
    # Fixed lines.
    (Kind.LANDLINE, "家里电话【010-62345678】"),
    (Kind.LANDLINE, "打【0755 2345 6789】找我"),
    (Kind.LANDLINE, "公司電話【02-2345-6789】分機 123"),
    (Kind.LANDLINE, "請撥(【02) 2345-6789】"),
    (Kind.LANDLINE, "住家【04-2234-5678】"),
    (Kind.LANDLINE, "屋企電話【2345 6789】"),
    (Kind.LANDLINE, "电话:【6234567】,晚上八点前都行"),
    (Kind.LANDLINE, "联系电话【87654321】"),
    # E-mail.
    (Kind.EMAIL, "发到【li.si_88@example.com】就行"),
    (Kind.EMAIL, "信箱【wang-xm@mail.example.com.tw】"),
    (Kind.EMAIL, "邮箱【ｌｉｓｉ＠ｅｘａｍｐｌｅ．ｃｏｍ】"),
    (Kind.EMAIL, "邮箱【lisi @ example.com】"),
    # Identity documents.
    (Kind.IDENTITY_DOCUMENT, "退款要我登记【110101199003071233】"),
    (Kind.IDENTITY_DOCUMENT, "退款要我登记【11010119900307117X】"),
    (Kind.IDENTITY_DOCUMENT, "他们抄走了【510107200112315522】"),
    (Kind.IDENTITY_DOCUMENT, "身份证号:【330102 19790815 0161】"),
    (Kind.IDENTITY_DOCUMENT, "身份证号是【110101199003071234】(可能抄错一位)"),
    (Kind.IDENTITY_DOCUMENT, "登記【K246801(8)】"),
    (Kind.IDENTITY_DOCUMENT, "登記【WX102938（8）】"),
    (Kind.IDENTITY_DOCUMENT, "登記【c123402(a)】"),
    (Kind.IDENTITY_DOCUMENT, "身份證號碼【K2468018】"),
    (Kind.IDENTITY_DOCUMENT, "登記【B223344554】"),
    (Kind.IDENTITY_DOCUMENT, "身分證字號B000000000不對,應是【H800123457】"),
    (Kind.IDENTITY_DOCUMENT, "护照号码:【E12345678】"),
    (Kind.IDENTITY_DOCUMENT, "台胞證【01234567】"),
    # Bank cards, member cards, orders.
    (Kind.BANK_CARD, "刷的是【6225880123456783】"),
    (Kind.BANK_CARD, "刷的是【6222 0204 0200 1234 564】"),
    (Kind.BANK_CARD, "刷的是【4539-1234-5678-9017】"),
    (Kind.BANK_CARD, "运通卡【3700 000000 00002】"),
    (Kind.BANK_CARD, "信用卡卡号【5280 1234 5678 9010】"),
    (Kind.MEMBER_NUMBER, "会员号:【80012345】"),
    (Kind.MEMBER_NUMBER, "會員卡號【VIP-0091234】"),
    (Kind.MEMBER_NUMBER, "购物卡卡号【2336 0001 2345】余额没了"),
    (Kind.MEMBER_NUMBER, "會員編號是【A00981】,積分不見了"),
    (Kind.ORDER_NUMBER, "订单号:【JD20260315001】"),
    (Kind.ORDER_NUMBER, "訂單編號【2026031500123】還沒出貨"),
    (Kind.ORDER_NUMBER, "快递单号【SF1234567890123】三天没动"),
    (Kind.ORDER_NUMBER, "發票號碼【AB-12345678】"),
    (Kind.ORDER_NUMBER, "小票号是【00128834】"),
    # Accounts.
    (Kind.ACCOUNT, "加我微信:【abc_123】"),
    (Kind.ACCOUNT, "微信号【lisi2026】"),
    (Kind.ACCOUNT, "微信【lisi_2026】"),
    (Kind.ACCOUNT, "QQ【12345678】"),
    (Kind.ACCOUNT, "我的 LINE ID：【wang.xm】"),
    (Kind.ACCOUNT, "密码是【a1b2c3】也被店员看到了"),
    # Names.
    (Kind.NAME, "姓名：【王小明】"),
    (Kind.NAME, "姓名:【昝无忌】"),
    (Kind.NAME, "姓名：【阿依古丽·买买提】"),
    (Kind.NAME, "姓名: 【Chan Tai Man】"),
    (Kind.NAME, "姓名:【李四】电话晚点给"),
    (Kind.NAME, "您好,我叫【王小明】,昨天买的锅漏水"),
    (Kind.NAME, "我叫【李四】我要投诉"),
    (Kind.NAME, "我叫【王小明】投诉你们"),
    (Kind.NAME, "我姓【王】"),
    (Kind.NAME, "本人姓【陳】"),
    (Kind.NAME, "敝姓【林】,上週買了冰箱"),
    (Kind.NAME, "本人【李四】,对处理不满"),
    (Kind.NAME, "我是【张伟华】,前天来过"),
    (Kind.NAME, "我係【陳大文】,尋日打過嚟"),
    (Kind.NAME, "联系人:【欧阳修文】"),
    (Kind.NAME, "收件人【陈】小姐"),
    (Kind.NAME, "收件人【陈美玲】"),
    (Kind.NAME, "投诉人【李四】"),
    (Kind.NAME, "请找【王】女士"),
    (Kind.NAME, "【陳】小姐話冇得退"),
    (Kind.NAME, "我先生姓【黃】"),
    (Kind.NAME, "【林】先生等了很久"),
    (Kind.NAME, "你们答应【李】太太今天送到"),
    (Kind.NAME, "隔壁【张】阿姨也买到了"),
    (Kind.NAME, "【司马】先生的包裹"),
    (Kind.NAME, "给【王建国】先生道歉"),
    (Kind.NAME, "他说【高】先生批准了"),
    # Titles and jobs stay, after a cue too.
    (Kind.NAME, "姓名:【王】先生"),
    (Kind.NAME, "姓名:【王小明】女士,电话晚点给"),
    (Kind.NAME, "姓名:【昝】小姐"),
    (Kind.NAME, "联系人:【李】太太"),
    (Kind.NAME, "聯絡人：【陳】經理"),
    (Kind.NAME, "联系人:【李强】主管"),
    (Kind.NAME, "我叫【王】经理来,他不来"),
    (Kind.NAME, "我叫【李强】店长过来"),
    (Kind.NAME, "我是【黄】医生,昨天来过"),
    (Kind.NAME, "投诉人【欧阳】老师"),
    # Addresses.
    (Kind.ADDRESS, "请送到福华路【12号】"),
    (Kind.ADDRESS, "送到建国路【88号3号楼2单元501室】"),
    (Kind.ADDRESS, "寄到中山路二段【123號5樓之2】"),
    (Kind.ADDRESS, "我住民生東路【12巷3弄4號】"),
    (Kind.ADDRESS, "送去彌敦道【123號8樓A室】"),
    (Kind.ADDRESS, "送去皇后大道中【99號】"),
    (Kind.ADDRESS, "阳光花园【3栋2单元502】"),
    (Kind.ADDRESS, "收货地址:【幸福小区西门快递柜】,谢谢"),
    (Kind.ADDRESS, "收貨地址：【幸福花園3棟502】著火了"),
    # Number plates.
    (Kind.PLATE, "我的车【粤B12345】被刮了"),
    (Kind.PLATE, "停车场把【京A·12345】撞了"),
    (Kind.PLATE, "新能源【沪AD12345】充不上电"),
    (Kind.PLATE, "兩地牌【粵Z1234港】"),
    (Kind.PLATE, "車牌【ABC-1234】被擦撞"),
    (Kind.PLATE, "車牌:【AB1234】,停咗三個鐘"),
)

LEFT: tuple[str, ...] = (
    # Money, amounts, dates, times.
    "这台电视12999元,贵了",
    "一共¥12345678",
    "账上有88888888积分",
    "退了 23456789 元",
    "特价 5000-8000 元的手机都没有",
    "2026-03-15买的",
    "2026.03.15 10:30下的单",
    "20260315买的牛奶,保质期到20260415",
    "訂單 2026-03-15 下的",
    "营业时间 0900-2100",
    "播放时间 2130-2245 都在吵",
    "等了10分钟20秒",
    "1 5 0 0 0 元",
    "15 20 30 25 40 50 元的都有",
    "买了10斤苹果3箱牛奶",
    "3.1415926535 这样的价",
    "0.5折也不打",
    # Goods and firms.
    "条码:6901234567892",
    "條碼 4710088412345",
    "货号65432109",
    "型号 KFR-35GW",
    "型号是61234567",
    "iPhone15ProMax坏了",
    "统一社会信用代码91440300MA5ABCDE1X",
    "統一編號 53212345",
    "许可证号 SC10644030512345",
    "批号 20260315A",
    "4111111111111112 这串不是卡号",
    # Hotlines and extensions.
    "再不管我打12315",
    "报了110和119,叫了120",
    "客服 400-820-1234 打不通",
    "电话4008201234打不通",
    "电话:800-820-1234",
    "客服專線 0800-123-456",
    "银行 95588 也说没收到",
    "热线 962121",
    "打客服电话4次",
    "分机 8001",
    # References without a number, or a place for one.
    "来电20260315那次没人接",
    "订单2个都没到",
    "会员卡号查不到",
    "卡号尾号1234",
    "微信支付100元",
    "微信 2000元转错了",
    "QQ糖5包发霉",
    "hotline:busyagain",
    "online: payment failed",
    "密码锁坏了",
    "电话号码是假的",
    "他@我三次",
    "护照 100 元工本费",
    # Titles and ordinary words that hold surnames.
    "先生,您好",
    "服务员小姐态度差",
    "有位先生插队",
    "那个女士很凶",
    "小姐姐很热情",
    "黄豆发霉了",
    "老板娘骂人",
    "王老吉过期",
    "周黑鸭太咸",
    "康师傅面里有虫",
    "等了十分钟小姐才来",
    "对方先生不讲理",
    "上周先生买的",
    "订的押金小姐不退",
    "任何女士都不会满意",
    "方太太贵了",
    "金发女士插队",
    "单身女士怎么办",
    "百姓高兴吗",
    "我叫黄焖鸡,等了一小时",
    "我叫左飯,等足一粒鐘",
    "我叫服务员来",
    "我是高中生,没钱",
    "我是老顾客了",
    "我是江苏人",
    "我是金卡会员",
    "本人于3月买的",
    "本人严重过敏",
    "本人高度近视,看不清价签",
    "本人郑重声明",
    "联系人方便的时候再打",
    "收货人金额不对",
    "姓名:匿名",
    "姓名:不方便",
    "姓氏都写错",
    "姓名:先生",
    "王经理说不能退",
    "我叫值班经理来",
    "我叫白班主管来",
    "我叫卫生主管来",
    "我是康师傅的老主顾",
    # Places in a store, and places without a number.
    "3楼2号收银台没人",
    "消防通道2号门锁了",
    "地铁3号线出口",
    "美食街3号铺有老鼠",
    "我知道12号才到",
    "教学楼B栋6000多平方",
    "三号电梯坏了",
    "3路公交站",
    "收货地址写错了",
    "送货地址是错的",
    "南京路店",
    # Plates.
    "车号牌都看不清",
    "贵B2B平台",
    "车牌识别不了",
)


def unmarked(marked: str) -> tuple[str, int, int]:
    """The text without the marks, and where the marked datum begins and ends."""
    before, datum, after = re.split("[【】]", marked)
    return before + datum + after, len(before), len(before) + len(datum)


@pytest.mark.parametrize(("kind", "marked"), FOUND, ids=[text for _, text in FOUND])
def test_finds(kind: Kind, marked: str) -> None:
    """Each datum is found with its kind and exact borders, and nothing else is."""
    text, start, end = unmarked(marked)
    assert find_personal_data(text) == (PersonalDatum(kind, start, end),)


@pytest.mark.parametrize("text", LEFT)
def test_leaves(text: str) -> None:
    """Prices, dates, goods, hotlines, places in a store and ordinary words are not personal data."""
    assert find_personal_data(text) == ()


@pytest.mark.parametrize("marked", [text for _, text in FOUND])
def test_full_width_changes_nothing(marked: str) -> None:
    """A datum typed in full-width letters and digits is found at the same place."""
    wide = {ord(c): ord(c) + 0xFEE0 for c in string.ascii_letters + string.digits}
    text, start, end = unmarked(marked.translate(wide))
    assert [(datum.start, datum.end) for datum in find_personal_data(text)] == [(start, end)]


@pytest.mark.parametrize("marked", [text for _, text in FOUND])
def test_invisible_characters_hide_nothing(marked: str) -> None:
    """Zero-width characters between all characters do not hide a datum; those inside it are masked too."""
    text, start, end = unmarked(marked)
    hidden = "\u200b".join(text)
    assert [(d.start, d.end) for d in find_personal_data(hidden)] == [(2 * start, 2 * end - 1)]


@pytest.mark.parametrize("marked", [text for _, text in FOUND])
def test_a_masked_text_is_clean(marked: str) -> None:
    """What has been masked once is found no more."""
    text, _, _ = unmarked(marked)
    assert find_personal_data(mask(text, find_personal_data(text))) == ()
