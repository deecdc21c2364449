//! Names as a town of central China has them, none of them a real address.

use super::outline::Area;

/// Sixty words that streets, compounds and communities are named after.
#[rustfmt::skip]
const WORDS: [&str; 60] = [
    "人民", "解放", "建设", "和平", "胜利", "幸福", "光明", "朝阳", "振兴", "育才",
    "文昌", "迎宾", "金桥", "长虹", "民主", "复兴", "团结", "友谊", "青年", "凤凰",
    "翠竹", "桃园", "梅林", "荷塘", "竹园", "兰溪", "柳荫", "槐荫", "银杏", "丹桂",
    "紫薇", "临江", "望湖", "听涛", "云水", "星河", "古井", "钟楼", "鼓楼", "文庙",
    "书院", "状元", "油坊", "米市", "花市", "渔港", "码头", "水塔", "粮库", "纺织",
    "机械", "电厂", "邮电", "铁路", "工农", "前进", "东风", "红星", "锦绣", "安居",
];

/// Words for communities that have no point to be called after.
#[rustfmt::skip]
const SPARE: [&str; 40] = [
    "永安", "太平", "兴隆", "康乐", "向阳", "春晖", "同心", "富民", "双桥", "石板",
    "枣林", "杏花", "青石", "龙泉", "白鹭", "芦苇", "三里", "五里", "陈家", "李家",
    "周湾", "杨堤", "黄岗", "新河", "大堰", "月亮", "红旗", "东湾", "西岭", "南桥",
    "北塔", "清水", "莲花", "高台", "长堤", "平安", "仁和", "福田", "百花", "槐树",
];

const MANAGED: [&str; 5] = ["花园", "佳苑", "名邸", "雅居", "华庭"];
const UNMANAGED: [&str; 4] = ["新村", "家属院", "小区", "宿舍院"];
const LANES: [&str; 5] = ["巷", "里", "横街", "弄", "后街"];
const ROADS: [&str; 3] = ["路", "大道", "街"];
const PARKS: [&str; 3] = ["公园", "广场", "游园"];
const MALLS: [&str; 3] = ["购物中心", "生活广场", "超市"];

/// The `index`-th compound among those with, or among those without, a property manager.
pub(super) fn compound(index: usize, managed: bool) -> String {
    if managed { pair(index, &MANAGED) } else { pair(index, &UNMANAGED) }
}

pub(super) fn back_street(index: usize) -> String {
    pair(index, &LANES)
}

pub(super) fn road(index: usize) -> String {
    pair(index, &ROADS)
}

pub(super) fn park(index: usize) -> String {
    pair(index, &PARKS)
}

pub(super) fn building_site(index: usize) -> String {
    format!("{}项目工地", word(index + 20))
}

/// The `index`-th community that has no point to be called after; villages 村 are in the towns.
pub(super) fn community(index: usize, in_town: bool) -> String {
    let word = SPARE[(index * 7 + 3) % SPARE.len()];
    format!("{word}{}", if in_town { "村" } else { "社区" })
}

/// The `index`-th point of its kind; `first` if it is the first of that kind in its area.
pub(super) fn point(kind: &str, index: usize, area: &Area, first: bool) -> String {
    let stem = area.stem;
    match kind {
        "market" if first => format!("{stem}农贸市场"),
        "market" => format!("{}农贸市场", word(index)),
        "mall" => pair(index, &MALLS),
        "school" if first => format!("{stem}中心学校"),
        "school" if index.is_multiple_of(3) => format!("云汀区第{}中学", numeral(index / 3 + 1)),
        "school" => format!("云汀区第{}小学", numeral(index - index / 3)),
        "hospital" => hospital(index, area, first),
        "transit" => station(index, area, first),
        _ => format!("{}社区", word(index)),
    }
}

fn hospital(index: usize, area: &Area, first: bool) -> String {
    match index {
        0 => "云汀区人民医院".to_owned(),
        1 => "云汀区中医院".to_owned(),
        2 => "云汀区妇幼保健院".to_owned(),
        _ if first && area.is_town() => format!("{}镇卫生院", area.stem),
        _ if first => format!("{}社区卫生服务中心", area.stem),
        _ => format!("{}医院", word(index)),
    }
}

fn station(index: usize, area: &Area, first: bool) -> String {
    match area.stem {
        "站前" if first => "云汀火车站".to_owned(),
        stem if first && area.is_town() => format!("{stem}客运站"),
        stem if first => format!("{stem}公交枢纽站"),
        _ => format!("{}公交总站", word(index)),
    }
}

/// A word and an ending, no pair twice below 60 × the number of endings.
///
/// The number of endings must divide 60: then the ending moves on by one each time the words
/// begin again.
fn pair(index: usize, endings: &[&str]) -> String {
    let ending = endings[(index + index / WORDS.len()) % endings.len()];
    format!("{}{ending}", word(index))
}

/// Walks the words in long steps, so that neighbours sound unlike; 23 and 60 share no factor.
fn word(index: usize) -> &'static str {
    WORDS[(index * 23 + 11) % WORDS.len()]
}

/// Chinese numerals, 1–99.
fn numeral(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (number / 10, number % 10) {
        (0, ones) => DIGITS[ones].to_owned(),
        (1, ones) => format!("十{}", DIGITS[ones]),
        (tens, ones) => format!("{}十{}", DIGITS[tens % 10], DIGITS[ones]),
    }
}

#[cfg(test)]
mod tests {
    use super::numeral;

    #[test]
    fn numerals_read_as_spoken() {
        assert_eq!([2, 10, 14, 20, 31].map(numeral), ["二", "十", "十四", "二十", "三十一"]);
    }
}
