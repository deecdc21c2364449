//! `make bench`: how fast a report is taken, beside what the same machine does without the program.
//!
//! Reports go to the server in this process, on threads of its own; start time and idle memory are
//! those of the released program as a process of its own. One part alone: `--reports`, `--photos`,
//! `--alike` (the look-up of duplicate photos), `--returning` (phones that return at once), `--year` (the
//! figures of a year of `--issues` issues made from `--seed`).

#[path = "../measure/mod.rs"]
#[allow(dead_code, reason = "shared with the trial, which uses other parts")]
mod measure;

#[macro_use]
mod several;
mod alike;
mod bare;
mod changes;
mod disk;
mod load;
mod photos;
mod plan;
mod preload;
mod processors;
mod reads;
mod result;
mod returning;
mod seed;
mod server;
mod town;
mod year;

use measure::Outcome;
use result::Results;

/// Everything small.
const QUICK: &str = "--quick";
/// What can be asked for alone.
const PARTS: [&str; 5] = ["--reports", "--photos", "--alike", "--returning", "--year"];
/// What is followed by a number.
const NUMBERS: [&str; 2] = ["--issues", "--seed"];
/// Issues of a year, of a large district and when everything is small.
const YEAR: (usize, usize) = (1_000_000, 5_000);

fn main() -> Outcome<()> {
    allocator::give_back();
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [word, photo] = words.as_slice()
        && word == photos::render::ALONE
    {
        return photos::render::alone(photo.as_ref());
    }
    let asked = Asked::read(words)?;
    // As in production: a request's span costs something.
    zhoubian::logs::start(&zhoubian::config::Settings::default());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut results = Results::default();
    runtime.block_on(measured(&asked, &mut results))?;
    results.print();
    Ok(())
}

async fn measured(asked: &Asked, results: &mut Results) -> Outcome<()> {
    let quick = asked.quick;
    if asked.is_for("--reports") {
        plan::measure(&plan::Plan::new(quick), results).await?;
    }
    if asked.is_for("--photos") {
        photos::measure(&photos::Plan::new(quick), results).await?;
    }
    if asked.is_for("--alike") {
        alike::measure(&alike::Plan::new(quick), results)?;
    }
    if asked.is_for("--returning") {
        returning::measure(&returning::Plan::new(quick), results).await?;
    }
    if asked.is_for("--year") {
        let [issues, seed] = asked.numbers;
        let issues = issues.unwrap_or(if quick { YEAR.1 } else { YEAR.0 });
        let plan = year::Plan { issues, seed: u64::try_from(seed.unwrap_or(1))? };
        year::measure(plan, results).await?;
    }
    Ok(())
}

/// What the command line asks for.
struct Asked {
    quick: bool,
    parts: Vec<String>,
    /// In the order of [`NUMBERS`].
    numbers: [Option<usize>; 2],
}

impl Asked {
    fn read(words: Vec<String>) -> Outcome<Self> {
        let mut asked = Self { quick: false, parts: Vec::new(), numbers: [None; 2] };
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            if word == QUICK {
                asked.quick = true;
            } else if PARTS.contains(&word.as_str()) {
                asked.parts.push(word);
            } else if let Some(at) = NUMBERS.iter().position(|known| *known == word) {
                let number = words.next().and_then(|number| number.parse().ok());
                asked.numbers[at] =
                    Some(number.ok_or_else(|| format!("{word} is followed by a number"))?);
            } else {
                let known = [&[QUICK], &PARTS[..], &NUMBERS[..]].concat().join(", ");
                return Err(format!("{word} says nothing here: {known} do").into());
            }
        }
        Ok(asked)
    }

    /// Everything, unless parts are named.
    fn is_for(&self, part: &str) -> bool {
        self.parts.is_empty() || self.parts.iter().any(|one| one == part)
    }
}
