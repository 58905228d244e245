"""Words that tell names from other text: titles, cues, what follows a name, and what only looks like one."""

TITLES = "先生|女士|小姐(?!姐)|太太|阿姨|叔叔|伯伯|大爷|大妈|师奶"
"""A surname before one of these is a name, with no other cue."""

JOBS = (
    "经理|店长|主管|主任|老板|师傅|组长|班长|课长|部长|领班|副理|副总|总监|总|督导|导购|店员|收银员|小姐姐"
    "|老师|医生|律师|警官"
)
"""A name ends before one of these as before a title, but it takes another cue to be one (「我叫王经理来」)."""

PERSONS = (
    "姓名|联系人|联络人|收件人|收货人|寄件人|投诉人|反映人|提货人|取件人|取货人|订货人|订购人|购买人|持卡人"
)
"""Parties to a matter: a name follows, even in running text."""

FORM_LABELS = "客户|顾客|会员|买家|用户|户名|称呼|署名|签名|落款"
"""Labels of forms: a name follows after a colon."""

NOT_NAMES = (
    "高[度兴中级端龄铁个大血瘦考管层]|严[重格厉]|方[便法面案向式]|曾经|常[常年去来客见规务]|万[分一万达象]|安[全保排心徽装检静]"
    "|何[时况必人]|白[领天白金发切色酒衣痴班]|黄[金焖豆牛色发衣昏]|金[卡牌发融额色钱饰]|马[上路桶]|钟[点头]|江[苏西浙南]|龙虾"
    "|温[和度暖馨]|齐全|康[复师]|于是|任[何务意性]|余[额下]|武[汉警器]|牛[肉奶]|毛[血肚病巾衣]|华[为人东润]|关[于心注系键门闭]"
    "|文[明化员件字具]|郑重|谢谢|许[多久]|易[怒碎燃爆]|顾[客问及]|贺卡|游[客戏泳]|施工|管[理事家道]|祝[你贵福愿]|莫[名非]"
    "|盛怒|童[装鞋]|季度|符合|简[单直短]|程[序度]|史上|夏[天季]|宁[波愿可]|甘[肃愿]|沈阳|石[家头油化]|孙[子女]"
    "|蒙牛|费用|席[位间]|景[区点]|冷[冻藏漠静气柜链]|封[闭面口]|习惯|梅[花干]|熊[猫孩]|项目|汤圆|申[请诉报]|毕[竟业]|辛苦|卫生|焦[急虑]"
)
"""Ordinary words that look like a surname with a given name (「我是高中生」)."""

NAME_FOLLOWERS = (
    "了着过们你我他她它这那是不没在也都就还把被给让吗呢吧啊呀去来到说要很买卖退换找打想投诉反问拿看吃喝用付收住电手身"
    "今昨订先您咱请此前后从跟与及哪什怎嘅咗唔喺佢啲性邮地"
)
"""Characters that follow a name in running text and hardly ever belong to one."""

NEVER_GIVEN = (
    "的个人客员女姐卡店州货鸡鸭鱼虾蟹饭菜锅豆瓜酱糖醋包粉糕饼奶蛋酸辣肉面车和对向叫为将" + NAME_FOLLOWERS
)
"""Characters that are hardly ever part of a given name."""

BEFORE_TITLED_NAME = frozenset("是叫姓的位给和跟找与由让请问对为见看到人客户")
"""Characters after which a surname with a given name may begin."""
