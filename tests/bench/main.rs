//! `make bench`: how fast a report is taken, beside what the same machine does without the program.
//!
//! Reports go to the server in this process, on threads of its own; start time and idle memory are
//! those of the released program as a process of its own. `--photos` measures photos alone,
//! `--returning` phones that return at once, `--alike` the look-up of duplicate photos.

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

use measure::Outcome;
use result::Results;

/// What can be asked for: everything small, or one part alone.
const WORDS: [&str; 4] = ["--quick", "--photos", "--returning", "--alike"];

fn main() -> Outcome<()> {
    allocator::give_back();
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [word, photo] = words.as_slice()
        && word == photos::render::ALONE
    {
        return photos::render::alone(photo.as_ref());
    }
    if let Some(word) = words.iter().find(|word| !WORDS.contains(&word.as_str())) {
        return Err(format!("{word} says nothing here: {} do", WORDS.join(", ")).into());
    }
    let has = |word: &str| words.iter().any(|one| one == word);
    let quick = has("--quick");
    // As in production: a request's span costs something.
    zhoubian::logs::start(&zhoubian::config::Settings::default());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut results = Results::default();
    runtime.block_on(async {
        let (photos, returning, alike) = (has("--photos"), has("--returning"), has("--alike"));
        if !photos && !returning && !alike {
            plan::measure(&plan::Plan::new(quick), &mut results).await?;
        }
        if !returning && !alike {
            photos::measure(&photos::Plan::new(quick), &mut results).await?;
        }
        if !photos && !returning {
            alike::measure(&alike::Plan::new(quick), &mut results)?;
        }
        if !photos && !alike {
            returning::measure(&returning::Plan::new(quick), &mut results).await?;
        }
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(())
    })?;
    results.print();
    Ok(())
}
