use domain::routing::Target;

use super::*;
use crate::import::tests::demo;

fn told(why: &Why) -> Words {
    words(why, &Gazetteer::load(&mut demo()).unwrap())
}

fn symbol(target: Target, standard: Option<Target>) -> Sought {
    Sought { target, standard }
}

#[test]
fn a_rules_choice_names_everybody_and_their_codes() {
    let because = Because {
        version: "v1".to_owned(),
        rule: "暴露垃圾".to_owned(),
        met: vec![
            (Criterion::Category, "0101".to_owned()),
            (Criterion::Place, "back_street".to_owned()),
        ],
        lead: Named { bureau: "huanwei".to_owned(), sought: None },
        cooperating: vec![Named {
            bureau: "xinhua".to_owned(),
            sought: Some(symbol(Target::Subdistrict, None)),
        }],
        task: Some("清理门前".to_owned()),
        left_out: vec![symbol(Target::Standard, Some(Target::Owner))],
    };
    let told = told(&Why::Rule(Box::new(because)));
    assert_eq!(
        told.zh,
        "规则“暴露垃圾”（v1）：小类 暴露垃圾（0101），场所 背街小巷（back_street）。\
         牵头：区环境卫生服务中心（huanwei）；配合：所属街办 新华街道办事处（xinhua）；子任务：清理门前；\
         当地没有登记而未列：标准所列产权单位"
    );
    assert!(
        told.en.ends_with(
            "place back street. Lead: Sanitation Centre (huanwei); cooperating: the subdistrict \
             office here, Xinhua Subdistrict Office (xinhua); each of them has to: 清理门前; left out, nobody being known there: \
             the asset's owner named by the standard"
        ),
        "{}",
        told.en
    );
}

#[test]
fn nobody_is_told_why() {
    let nobody = |because| told(&Why::Nobody { version: "v1".to_owned(), because });
    let tie = nobody(Unrouted::Tie { rules: vec!["甲".to_owned(), "乙".to_owned()] });
    assert_eq!(tie.zh, "几条规则同样适用而责任单位不同：甲、乙");
    let gone = Unrouted::Unresolved {
        rule: "甲".to_owned(),
        sought: symbol(Target::Bureau("huanwei".to_owned()), None),
    };
    assert_eq!(nobody(gone).zh, "规则“甲”指向区环境卫生服务中心（huanwei），但没有登记这个单位");
    let duty = Unrouted::Unresolved { rule: "甲".to_owned(), sought: symbol(Target::Duty, None) };
    assert_eq!(
        nobody(duty).en,
        "Rule “甲” leads to the unit on duty here, and nobody is known for it there"
    );
    let desk = told(&Why::Desk { reason: "电力井盖".to_owned() });
    assert_eq!((desk.zh.as_str(), desk.en.as_str()), ("电力井盖", "电力井盖"));
}
