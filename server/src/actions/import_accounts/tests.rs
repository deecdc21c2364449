use super::*;
use crate::accounts::tests::{PASSWORD, Town};
use crate::actions::sign_in::{Credentials, sign_in};
use crate::import::people;

const LIST: &str = "账号,姓名,角色,单位,责任区,截止日期\n\
    ana,安娜,巡查员,,429901000000,\n\
    bo,bo,巡查员,,429901000000,\n\
    wang,王芳,责任单位,区环境卫生服务中心,,2026-03-31\n";

impl Town {
    async fn imports(
        &self,
        list: &str,
        change: impl FnOnce(&mut AskPeople),
    ) -> Result<Vec<PersonOutcome>, Error> {
        let rows = people::read(list.as_bytes(), None).unwrap().0;
        let acting = Some(self.admin);
        let mut ask = AskPeople { acting, rows, dry_run: false, partial: false };
        change(&mut ask);
        import_accounts(&self.app, ask).await
    }
}

fn words(outcomes: &[PersonOutcome]) -> Vec<&str> {
    outcomes.iter().map(|outcome| outcome.fate.told().0).collect()
}

#[actix_web::test]
async fn a_list_is_taken_in_once_and_sent_again_changes_nothing() {
    let town = Town::new().await;
    let dry = town.imports(LIST, |ask| ask.dry_run = true).await.unwrap();
    assert_eq!(words(&dry), ["changed", "unchanged", "new"]);
    assert!(dry.iter().all(|outcome| outcome.password.is_none()));
    assert_eq!(town.account("ana").await.name, "ana", "nothing was written");

    let done = town.imports(LIST, |_| ()).await.unwrap();
    assert_eq!(words(&done), ["changed", "unchanged", "new"]);
    let wang = town.account("wang").await;
    assert_eq!(wang.bureau.as_deref(), Some("huanwei"), "known by its name");
    assert_eq!(wang.ends_at.unwrap().to_string(), "2026-03-31T16:00:00Z", "the day's end there");
    assert_eq!(town.account("ana").await.name, "安娜");

    let password = done[2].password.clone().unwrap();
    assert!(sign_in(&town.app, Credentials::of("wang", &password)).await.is_ok());
    assert!(sign_in(&town.app, Credentials::of("ana", PASSWORD)).await.is_ok(), "kept");

    let again = town.imports(LIST, |_| ()).await.unwrap();
    assert_eq!(words(&again), ["unchanged"; 3]);
    assert!(sign_in(&town.app, Credentials::of("wang", &password)).await.is_ok());
}

#[actix_web::test]
async fn all_rows_are_taken_or_none() {
    let town = Town::new().await;
    let list =
        format!("{LIST}li,李强,责任单位,天上人间,,\nwang,王芳,督导组,,,\n李,李强,督导组,,,\n");
    let refused = town.imports(&list, |_| ()).await;
    let Err(Error::PeopleRefused { rows }) = refused else { panic!("taken") };
    assert_eq!(rows.as_array().unwrap().len(), 6);
    assert_eq!(rows[3]["why"], "单位 \"天上人间\" is not known");
    assert_eq!(town.account("ana").await.name, "ana");
    let done = town.imports(&list, |ask| ask.partial = true).await.unwrap();
    assert_eq!(words(&done), ["changed", "unchanged", "new", "refused", "refused", "refused"]);
    assert_eq!(town.account("ana").await.name, "安娜");
}

#[actix_web::test]
async fn admins_do_not_take_their_own_role_away_and_nobody_else_imports() {
    let town = Town::new().await;
    let own = "login,name,role\nroot,Root,office\n";
    let done = town.imports(own, |ask| ask.partial = true).await.unwrap();
    assert_eq!(words(&done), ["refused"]);
    let renamed = "login,name,role\nroot,Root R.,admin\n";
    assert_eq!(words(&town.imports(renamed, |_| ()).await.unwrap()), ["changed"]);
    let ana = town.account("ana").await.id;
    let other = "login,name,role\nwang,王芳,office\n";
    let refused = town.imports(other, |ask| ask.acting = Some(ana)).await;
    assert!(matches!(refused, Err(Error::Forbidden)));
}

#[actix_web::test]
async fn what_the_list_has_no_column_for_stays() {
    let town = Town::new().await;
    let list = "login,name,role\nana,Ana,inspector\n";
    assert_eq!(words(&town.imports(list, |_| ()).await.unwrap()), ["changed"]);
    assert_eq!(town.account("ana").await.duty_areas, ["429901000000"]);
}
