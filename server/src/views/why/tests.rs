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
fn an_offer_tells_whom_for_how_long_and_what_then() {
    let named = |code: &str| Named { bureau: code.to_owned(), sought: None };
    let offering = Offering {
        version: "v1".to_owned(),
        offer: "线缆认领".to_owned(),
        met: vec![(Criterion::Category, "1201".to_owned())],
        nobody: Unrouted::NoRule,
        candidates: vec![named("gongdian"), named("yidong")],
        left_out: Vec::new(),
        within: "4工作时".parse().unwrap(),
        others_help: true,
        task: Some("上杆辨认".to_owned()),
        otherwise: Some(Named {
            bureau: "xinhua".to_owned(),
            sought: Some(symbol(Target::Subdistrict, None)),
        }),
    };
    let words = told(&Why::Offer(Box::new(offering.clone())));
    assert_eq!(
        words.zh,
        "没有适用的派遣规则。按认领规则“线缆认领”（v1）请候选单位在4工作时内认领：云汀供电公司（gongdian）、\
         移动云汀分公司（yidong）；一家认领，其余配合，子任务：上杆辨认；无人认领的，由所属街办 新华街道办事处（xinhua）负责"
    );
    let alone = Offering { others_help: false, task: None, otherwise: None, ..offering };
    let words = told(&Why::Offer(Box::new(alone)));
    assert!(
        words.en.ends_with("the others drop out. If nobody does: the office decides"),
        "{}",
        words.en
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
    let claim =
        Unrouted::Unresolved { rule: "甲".to_owned(), sought: symbol(Target::Claim, None) };
    assert_eq!(nobody(claim).zh, "按规则“甲”，谁认领谁牵头");
    assert_eq!(nobody(Unrouted::Unclaimed { offer: None }).zh, "候选单位都没有认领");
    let duty = Unrouted::Unresolved { rule: "甲".to_owned(), sought: symbol(Target::Duty, None) };
    assert_eq!(
        nobody(duty).en,
        "Rule “甲” leads to the unit on duty here, and nobody is known for it there"
    );
    let desk = told(&Why::Desk { reason: "电力井盖".to_owned() });
    assert_eq!((desk.zh.as_str(), desk.en.as_str()), ("电力井盖", "电力井盖"));
}
