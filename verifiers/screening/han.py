"""Readings of characters that Chinese names are written in, in Pinyin without tones.

The commonest characters of family and given names, simplified and traditional, each with the
reading that it has in names. A character that is not here stays as it is, and is then compared
only with itself.
"""

from functools import cache

_READINGS = """
ai 艾爱愛 an 安 ang 昂 ao 敖傲奥奧 ba 巴 bai 白柏百佰 ban 班 bang 邦 bao 包鲍鮑宝寶保 bei 贝貝北蓓
ben 本 bi 毕畢碧必 bian 边邊卞 biao 彪标標 bin 斌彬宾賓滨濱 bing 冰兵炳秉 bo 波博薄伯勃 bu 卜布步
cai 蔡才财財彩 can 灿燦 cang 苍蒼仓倉 cao 曹操 cen 岑 chai 柴 chan 婵嬋 chang 常昌畅暢长長
chao 超朝晁潮 che 车車 chen 陈陳晨辰臣琛沉 cheng 程成诚誠承城澄 chi 池迟遲 chong 崇冲
chu 楚褚初储儲 chuan 川传傳 chun 春纯純淳 ci 慈 cong 聪聰从叢丛 cui 崔翠 cun 村 da 大达達 dai 戴代
dan 丹旦 dang 党黨 dao 道 de 德 deng 邓鄧登 di 狄迪 dian 典 ding 丁定鼎 dong 董东東冬栋棟 dou 窦竇
du 杜渡 duan 段端 dun 敦 e 鄂 en 恩 er 尔爾二 fa 法发發 fan 范樊凡帆 fang 方房芳芬
fei 费費飞飛菲斐 feng 冯馮丰豐风風凤鳳锋鋒峰封枫楓 fu 付傅福富符夫甫扶 gan 甘干 gang 刚剛钢鋼岗
gao 高皋 ge 葛戈歌 gen 根 geng 耿庚 gong 龚龔宫宮公功 gou 勾 gu 顾顧古谷 guan 关關官管冠
guang 光广廣 gui 桂贵貴归 guo 郭国國果 hai 海 han 韩韓汉漢翰寒涵 hang 航杭 hao 郝浩豪昊好皓
he 何贺賀和河荷赫鹤鶴 hen 恒 heng 恒衡亨 hong 洪红紅宏鸿鴻弘虹 hou 侯厚 hu 胡虎湖 hua 华華花画化
huai 怀懷淮 huan 欢歡环環桓焕煥 huang 黄黃皇煌 hui 惠慧辉輝会會晖暉卉 huo 霍火
ji 吉纪紀季姬冀吉继繼计計积積 jia 贾賈家佳嘉甲 jian 简簡建健剑劍坚堅鉴鑒俭 jiang 江姜蒋蔣将將
jiao 焦娇嬌 jie 杰傑洁潔捷节節 jin 金晋晉锦錦近进進津瑾 jing 静靜景京晶敬经經婧荆荊井 jiu 久九
ju 居菊巨 juan 娟 jue 觉覺 jun 军軍君俊钧鈞骏駿均 kai 凯凱开開楷 kang 康 ke 柯可科克 kong 孔
kuan 宽寬 kuang 邝鄺匡 kui 奎 kun 坤昆 lai 赖賴来來 lan 兰蘭蓝藍岚嵐 lang 郎朗 lao 劳勞 le 乐樂
lei 雷磊蕾 leng 冷 li 李黎力丽麗利立莉理礼禮里励勵 lian 连連廉莲蓮 liang 梁良亮 liao 廖 lie 列烈
lin 林琳霖麟临 ling 凌玲灵靈岭令 liu 刘劉柳六 long 龙龍隆 lou 娄婁楼樓 lu 卢盧陆陸鲁魯路禄鹿露璐
luan 栾欒 lun 伦倫 luo 罗羅洛骆駱 lv 吕呂绿 ma 马馬 mai 麦麥 man 满滿曼 mao 毛茂 mei 梅美眉
men 门門 meng 孟蒙梦夢 mi 米 miao 苗妙 min 敏民闵閔旻 ming 明鸣鳴铭銘 mo 莫墨 mou 牟 mu 穆木牧慕
na 娜那 nan 南楠男 ni 倪妮尼 nian 年念 nie 聂聶 ning 宁寧甯 niu 牛钮 nuo 诺諾 ou 欧歐 pan 潘盼
pang 庞龐 pei 裴培佩沛 peng 彭鹏鵬朋 pi 皮 piao 朴 pin 品 ping 平萍屏 pu 浦普
qi 齐齊戚祁奇琪其启啟琦旗麒 qian 钱錢倩前谦謙千乾 qiang 强強 qiao 乔喬巧 qin 秦琴勤钦欽
qing 青清庆慶卿晴 qiong 琼瓊 qiu 邱丘秋裘 qu 曲屈瞿 quan 全权權泉 que 阙 qun 群 ran 冉然 rao 饶饒
ren 任仁人 rong 荣榮容戎融蓉 ru 茹汝如 ruan 阮 rui 瑞蕊锐銳睿 run 润潤 ruo 若 san 三 sen 森
sha 沙莎 shan 单單山珊善杉 shang 尚商 shao 邵绍紹少韶 she 佘 shen 沈申深神慎
sheng 盛胜勝生圣聖声聲升 shi 石史施师師时時世士诗詩实實仕 shou 寿壽守首 shu 舒书書淑树樹蜀
shuai 帅帥 shuang 双雙爽 shui 水 shun 顺順舜 shuo 硕碩 si 司思四斯 song 宋松颂頌 su 苏蘇素 sui 隋
sun 孙孫 ta 塔 tai 太泰台邰 tan 谭譚谈談坛 tang 汤湯唐堂 tao 陶涛濤韬 teng 滕腾騰 ti 悌 tian 田天
tie 铁鐵 ting 婷廷庭亭 tong 童佟同通彤桐 tu 涂屠 wan 万萬婉 wang 王汪旺望
wei 魏韦韋卫衛伟偉维維为為威薇巍炜煒微 wen 文温溫闻聞雯 weng 翁 wo 沃 wu 吴吳武伍邬鄔五悟午
xi 习習西席希奚喜锡錫曦熙溪玺 xia 夏霞侠俠 xian 贤賢先献獻宪憲显顯仙 xiang 向项項翔祥湘香象响
xiao 肖萧蕭小晓曉笑孝潇 xie 谢謝解协協 xin 辛新欣心鑫信昕馨 xing 邢兴興星行杏 xiong 熊雄 xiu 秀修
xu 徐许許旭续須须 xuan 宣轩軒璇玄 xue 薛雪学學 xun 荀勋勳迅 ya 雅亚亞
yan 严嚴颜顏燕闫閆阎閻岩延妍艳艷焱彦彥言炎 yang 杨楊阳陽洋羊扬揚 yao 姚耀尧堯瑶瑤 ye 叶葉业業烨
yi 易怡一义義艺藝毅伊宜逸仪儀益亦翼 yin 尹殷银銀音茵印寅 ying 应應英颖穎莹瑩盈影 yong 永勇雍庸
you 尤游友有佑 yu 于余俞虞玉宇雨语語裕禹喻郁育瑜钰鈺煜愉 yuan 袁元原远遠媛源苑圆圓
yue 岳月悦悅越乐玥 yun 云雲芸运運韵韻匀 zai 再 zan 赞贊 zang 臧 zao 早 ze 泽澤则則 zeng 曾增
zha 查 zhai 翟 zhan 詹展占湛 zhang 张張章彰 zhao 赵趙兆昭钊釗照 zhe 哲 zhen 甄真珍振震镇鎮贞貞臻
zheng 郑鄭正政征争 zhi 志智之芝知治直植致 zhong 钟鐘锺鍾中忠仲重 zhou 周洲舟 zhu 朱竹祝珠柱诸諸主
zhuang 庄莊 zhuo 卓 zi 子紫梓自 zong 宗 zou 邹鄒 zu 祖 zuo 左佐作
"""


@cache
def readings() -> dict[str, str]:
    """Character to reading."""
    table: dict[str, str] = {}
    reading = ""
    for word in _READINGS.split():
        if word.isascii():
            reading = word
        else:
            for character in word:
                table.setdefault(character, reading)
    return table
