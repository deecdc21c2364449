//! What people write: short, as on the street. All of it made up here.

use crate::demo::geography::Dice;

/// What is seen, by condition; it follows the place.
#[rustfmt::skip]
const PROBLEMS: [(&str, &[&str]); 75] = [
    ("0101A", &["垃圾成片散落，已有异味", "大堆生活垃圾无人清理，招苍蝇"]),
    ("0101B", &["散落垃圾约2平方米", "地面有暴露垃圾", "有人乱倒垃圾，约1平方米多", "纸屑、塑料袋散落"]),
    ("0102A", &["垃圾桶满溢，桶边有落地垃圾", "果皮箱已满，垃圾掉在地上"]),
    ("0102B", &["垃圾桶桶身脏污", "垃圾桶缺盖", "垃圾桶移位，占人行道"]),
    ("0103A", &["装修垃圾堆在路上，车辆难通行", "渣土占道"]),
    ("0103B", &["装修垃圾堆放未清", "袋装建筑垃圾未覆盖"]),
    ("0104A", &["货物堆放占用人行道", "杂物压住盲道"]),
    ("0104B", &["门前乱堆杂物", "纸箱、木板零散堆放", "屋后堆放旧物料"]),
    ("0105A", &["丢弃旧沙发一张", "废弃床垫无人清运", "旧衣柜丢在绿化带边"]),
    ("0106A", &["污水外流，漫过路面", "路面有大片油污"]),
    ("0106B", &["路面积泥", "渣土遗撒，路面不洁", "路面积尘较厚"]),
    ("0107A", &["墙角长期堆积垃圾", "楼后卫生死角，有污水"]),
    ("0108A", &["公厕地面脏，异味明显", "公厕缺纸、洗手液"]),
    ("0108B", &["公厕门锁坏", "公厕水龙头漏水"]),
    ("0201A", &["桌椅摆出店外，行人只能走车道", "商品占满人行道"]),
    ("0201B", &["商品摆出门线", "店外摆放灯箱广告牌"]),
    ("0202A", &["流动摊贩在路口设摊", "三轮车停在车行道卖水果"]),
    ("0202B", &["流动摊贩占用人行道", "人行道上摆摊卖菜"]),
    ("0203A", &["在树上拉绳晾衣物", "护栏上晾晒被褥", "绿化带晾晒衣物"]),
    ("0204A", &["市场通道被货物占用", "地面积水，有菜叶"]),
    ("0204B", &["未见公平秤", "公平秤显示不准"]),
    ("0204C", &["两家摊位未亮证照", "经营户营业执照未上墙"]),
    ("0301A", &["墙面连片喷涂小广告", "小广告十余处"]),
    ("0301B", &["电线杆有小广告", "门柱贴有小广告3处", "配电箱有喷涂小广告"]),
    ("0302A", &["户外广告牌松动，风大有危险"]),
    ("0302B", &["悬挂商业横幅，未见批准", "楼面私设广告"]),
    ("0303A", &["门头牌匾倾斜，有脱落危险"]),
    ("0303B", &["牌匾缺一个字", "灯箱不亮", "招牌破损"]),
    ("0304A", &["公益广告画面破损", "公益广告内容过时"]),
    ("0304B", &["公益广告褪色", "围墙公益广告缺失"]),
    ("0401A", &["小车停在盲道上", "车辆停在路口，挡住视线", "车辆堵住消防通道"]),
    ("0401B", &["小车停在人行道", "未划泊位处停车3辆", "面包车占人行道"]),
    ("0402A", &["电动车未入线，倒伏数辆", "非机动车乱停，挡路", "电动车停放杂乱"]),
    ("0403A", &["共享单车堆积六十余辆，堵住通道"]),
    ("0403B", &["共享单车淤积二三十辆", "共享单车堆在路口"]),
    ("0404A", &["早高峰计数：逆行、闯灯较多"]),
    ("0404B", &["晚高峰计数：未戴头盔较多"]),
    ("0405A", &["高峰无劝导员，人车混行"]),
    ("0501A", &["从窗口拉线给电动车充电", "飞线充电两处"]),
    ("0502A", &["楼道内给电瓶充电"]),
    ("0502B", &["电动车停在门厅", "电动车推进楼道"]),
    ("0503A", &["楼道堆放纸箱、旧家具", "楼道堆物，通行困难"]),
    ("0503B", &["楼道灯不亮", "三楼以上感应灯坏"]),
    ("0503C", &["楼道墙面贴小广告", "楼梯间开锁广告较多"]),
    ("0504A", &["消防通道被私家车占用", "安全出口上锁"]),
    ("0504B", &["灭火器过期", "灭火器箱内缺一具"]),
    ("0601A", &["绿地被踩出小路", "绿地被种上蔬菜"]),
    ("0601B", &["绿地内有垃圾杂物", "草坪上有塑料袋、烟盒"]),
    ("0601C", &["绿地裸土未覆盖"]),
    ("0602A", &["大树枝折断，压在线上", "树木倒伏挡路"]),
    ("0602B", &["行道树枯死一株", "树池缺株"]),
    ("0701A", &["有流浪犬三四只，追人"]),
    ("0701B", &["遛犬不牵绳", "地面犬粪未清"]),
    ("0702A", &["室内有人吸烟，无人劝阻"]),
    ("0702B", &["未见禁烟标识", "地面烟头较多"]),
    ("0703A", &["无障碍坡道被占", "无障碍卫生间上锁"]),
    ("0703B", &["母婴室锁闭", "母婴室堆放杂物"]),
    ("0704A", &["志愿服务站无人值守"]),
    ("0704B", &["志愿服务站药箱过期", "便民设施缺失"]),
    ("0801A", &["工地围挡缺口，可进入"]),
    ("0801B", &["工地裸土未盖，有扬尘", "车轮带泥上路"]),
    ("1101A", &["路面坍塌，坑较深"]),
    ("1101B", &["人行道砖破损", "路面坑洼，积水", "地砖松动缺失"]),
    ("1102A", &["井盖移位，露口", "井盖缺失，危险"]),
    ("1102B", &["井盖破裂", "井盖松动，车过有响声", "井圈下沉"]),
    ("1103A", &["路灯杆倾斜"]),
    ("1103B", &["路灯连续三盏不亮", "路灯不亮，夜间很暗"]),
    ("1104A", &["道路护栏倒伏", "隔离桩断裂"]),
    ("1104B", &["交通隔离栏移位", "隔离栏缺一节"]),
    ("1105A", &["盲道被电动车占用", "盲道上堆物"]),
    ("1105B", &["盲道断头", "盲道砖破损"]),
    ("1201A", &["线缆垂落，低于两米", "线缆断落在地"]),
    ("1201B", &["线缆杂乱缠绕", "废弃线缆未拆"]),
    ("1201C", &["线缆垂落，杆上无标牌，看不出是谁家的"]),
    ("1202A", &["周边找不到公厕"]),
];

/// What is seen where a condition has no words of its own.
const ANYTHING: &[&str] = &["设施缺损，需处理", "问题明显，请尽快处置"];

/// What a bureau did, by big class 大类: the first two digits.
#[rustfmt::skip]
const WORK: [(&str, &[&str]); 10] = [
    ("01", &["已清扫干净", "已清运，地面已冲洗", "安排保洁员清理完毕"]),
    ("02", &["已劝离到疏导点", "商户已收回店内", "已规范，恢复通行"]),
    ("03", &["已清除并恢复底色", "已更换", "已拆除"]),
    ("04", &["车辆已驶离", "已摆放整齐", "已清运到位"]),
    ("05", &["已拆除并劝导", "已移出，通道畅通", "联合社区清理完毕"]),
    ("06", &["已清理，恢复绿地", "枯枝已清除"]),
    ("07", &["已劝导，落实专人管理", "已整改到位"]),
    ("08", &["围挡已恢复，裸土已覆盖"]),
    ("11", &["已修复", "先围挡后修复，已平整", "已更换恢复"]),
    ("12", &["线缆已梳理捆扎", "已修复可用", "已补设"]),
];

/// What is seen at a spot.
pub(super) fn problem(condition: &str, dice: &mut Dice) -> &'static str {
    dice.word(of(&PROBLEMS, condition).unwrap_or(ANYTHING))
}

/// What a bureau says it did.
pub(super) fn work(category: &str, dice: &mut Dice) -> &'static str {
    dice.word(category.get(..2).and_then(|class| of(&WORK, class)).unwrap_or(&["已处理"]))
}

/// What another reporter of the same problem writes.
pub(super) fn again(dice: &mut Dice) -> &'static str {
    dice.word(&["同一处，仍未处理", "路过看到，请处理", "居民反映此处问题", "再次发现"])
}

/// What whoever looked again writes, passed or not.
pub(super) fn verdict(passed: bool, dice: &mut Dice) -> &'static str {
    if passed {
        dice.word(&["现场已整改到位", "核查通过", "已恢复，照片属实", ""])
    } else {
        dice.word(&["现场仍有残留，请重新处理", "只处理了一半", "照片与现场不符，未见整改"])
    }
}

/// Why the desk does not take a report up.
pub(super) fn refusal(dice: &mut Dice) -> &'static str {
    dice.word(&["电话核实，现场无此问题", "未达到立案条件", "照片看不出问题"])
}

/// Why the desk takes an issue out again.
pub(super) fn voiding(dice: &mut Dice) -> &'static str {
    dice.word(&["与已办问题重复", "核实为误报", "位置有误，实为邻区"])
}

/// Why a bureau sends an issue back.
pub(super) fn sending_back(dice: &mut Dice) -> &'static str {
    dice.word(&["不属我单位管养范围", "此处已移交街道管理", "产权在企业，请改派"])
}

/// Why the desk sends an issue to a bureau.
pub(super) fn sending_on(dice: &mut Dice) -> &'static str {
    dice.word(&[
        "经与各单位核实，由该单位处置",
        "按职责分工改派",
        "属地先行处置",
        "现场查看井盖标识后派遣",
    ])
}

fn of<'a>(table: &[(&str, &'a [&'static str])], key: &str) -> Option<&'a [&'static str]> {
    table.iter().find(|(known, _)| *known == key).map(|(_, words)| *words)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use domain::likely::Lexicon;
    use domain::taxonomy::Category;
    use serde_json::json;

    use super::*;

    /// Conditions that are rare enough to go without words of their own.
    const WORDLESS: [&str; 3] = ["1202B", "1203A", "1203B"];

    #[test]
    fn the_taxonomy_and_the_words_agree() {
        let taxonomy = include_str!("../taxonomy.csv");
        let conditions: Vec<&str> =
            taxonomy.lines().skip(1).filter_map(|line| line.split(',').nth(8)).collect();
        for (condition, words) in PROBLEMS {
            assert!(conditions.contains(&condition) && !words.is_empty(), "{condition}");
        }
        let known = |condition: &&&str| of(&PROBLEMS, condition).is_some();
        let wordless: Vec<&&str> =
            conditions.iter().filter(|condition| !known(condition)).collect();
        assert_eq!(wordless, WORDLESS.iter().collect::<Vec<_>>());
        assert!(conditions.iter().all(|condition| of(&WORK, &condition[..2]).is_some()));
    }

    /// The demonstration's taxonomy, as far as its words go.
    fn categories() -> Vec<Category> {
        let mut categories: BTreeMap<String, Category> = BTreeMap::new();
        let mut reader = csv::Reader::from_reader(include_str!("../taxonomy.csv").as_bytes());
        for row in reader.deserialize() {
            let row: BTreeMap<String, String> = row.unwrap();
            let aliases: Vec<&str> = row["aliases"].split_whitespace().collect();
            let category = json!({"code": row["code"], "group": row["group"], "name": row["name"],
                "aliases": aliases, "class": row["class"], "family": row["family"],
                "match_radius_m": 20.0, "auto_file": true, "conditions": []});
            let condition = json!({"code": row["condition"], "opens_when": row["opens_when"],
                "closes_when": "", "gravity": 1, "limit": ""});
            let new = || serde_json::from_value(category).unwrap();
            let known = categories.entry(row["code"].clone()).or_insert_with(new);
            known.conditions.push(serde_json::from_value(condition).unwrap());
        }
        categories.into_values().collect()
    }

    #[test]
    fn what_people_write_is_mostly_understood() {
        let lexicon = Lexicon::new(categories().iter());
        let (mut first, mut among, mut all, mut missed) = (0, 0, 0, Vec::new());
        for (condition, notes) in PROBLEMS {
            for note in notes {
                let likely = lexicon.likely(note, 3);
                let place = likely.iter().position(|one| one.category == condition[..4]);
                all += 1;
                first += usize::from(place == Some(0));
                among += usize::from(place.is_some());
                if place != Some(0) {
                    missed.push((condition, *note, likely));
                }
            }
        }
        assert!(first * 100 >= all * 80, "first: {first} of {all}; {missed:#?}");
        assert!(among * 100 >= all * 92, "among three: {among} of {all}; {missed:#?}");
    }
}
