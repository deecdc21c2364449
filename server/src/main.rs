//! The command line.

use std::net::{IpAddr, TcpListener};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand};
use zhoubian::actions::import_reference::Imported;
use zhoubian::app::App;
use zhoubian::clock::Clock;
use zhoubian::config::{Config, RateSettings, SignInSettings};
use zhoubian::problem::Error;
use zhoubian::{boot, demo, import, jobs, logs, people, routes, rules, serve, terminal, tokens};

#[derive(Parser)]
#[command(
    name = "zhoubian",
    version,
    about = "周边 zhoubian: field-survey sync for civilized-city creation"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start the server
    Serve(Serve),
    /// Read reference data in: areas, points, places, bureaus, taxonomy or a city's standard,
    /// routing rules, calendar
    Import {
        #[command(flatten)]
        at: At,
        #[command(flatten)]
        what: import::ImportArgs,
    },
    /// Look into a city's standard before it is imported
    Standard {
        #[command(subcommand)]
        what: import::StandardCommand,
    },
    /// Check or try a draft of the routing rules
    Routing {
        #[command(flatten)]
        at: At,
        #[command(subcommand)]
        what: rules::command::RoutingCommand,
    },
    /// Add, list, import, close and open people's accounts
    User {
        #[command(flatten)]
        at: At,
        #[command(subcommand)]
        what: people::PeopleCommand,
    },
    /// List, rotate or withdraw the keys that sign tokens; running servers follow
    Keys {
        /// Folder of the database, the photos and the keys
        #[arg(long, env = "ZHOUBIAN_DATA", default_value = "data")]
        data: PathBuf,
        #[command(subcommand)]
        what: tokens::KeysCommand,
    },
    /// Print the OpenAPI document
    Openapi,
}

/// Where the installation is.
#[derive(Args)]
struct At {
    /// Folder of the database, the photos and the keys
    #[arg(long, env = "ZHOUBIAN_DATA", default_value = "data")]
    data: PathBuf,
    /// sqlite:FILE or postgres://…; without it, a SQLite file in the data folder
    #[arg(long, env = "ZHOUBIAN_DATABASE", hide_env_values = true)]
    database: Option<String>,
}

#[derive(Args)]
struct Serve {
    #[command(flatten)]
    at: At,
    /// Address to listen on
    #[arg(long, env = "ZHOUBIAN_HOST", default_value = "127.0.0.1")]
    host: IpAddr,
    /// Port to listen on; 0 takes a free one
    #[arg(long, env = "ZHOUBIAN_PORT", default_value_t = 8080)]
    port: u16,
    /// Where clients reach the server, when that is another address (behind a proxy)
    #[arg(long, env = "ZHOUBIAN_PUBLIC_URL")]
    public_url: Option<String>,
    /// The largest photo taken, MiB
    #[arg(long, env = "ZHOUBIAN_MAX_PHOTO_MIB", default_value_t = 25)]
    max_photo_mib: u64,
    /// The largest import of reference data taken over the API, all files together, MiB
    #[arg(long, env = "ZHOUBIAN_MAX_IMPORT_MIB", default_value_t = MAX_IMPORT_MIB)]
    max_import_mib: usize,
    /// Threads that serve requests
    #[arg(long, env = "ZHOUBIAN_THREADS", default_value_t = 2)]
    threads: usize,
    /// Requests one account may make a second, in the long run; 0 for no limit
    #[arg(long, env = "ZHOUBIAN_REQUESTS_PER_SECOND")]
    requests_per_second: Option<u32>,
    /// Attempts to sign in one address may make a minute; 0 for no limit
    #[arg(long, env = "ZHOUBIAN_SIGN_INS_PER_MINUTE")]
    sign_ins_per_minute: Option<u32>,
    /// Address of a proxy whose X-Forwarded-For is believed; may be given again
    #[arg(long = "trusted-proxy", env = "ZHOUBIAN_TRUSTED_PROXIES", value_delimiter = ',')]
    trusted_proxies: Vec<IpAddr>,
    /// Make a demonstration district with demonstration accounts, once
    #[arg(long)]
    demo: bool,
    /// Allow demonstration accounts, whose password is public, on an address others can reach
    #[arg(long)]
    demo_reachable_by_others: bool,
}

/// The largest import taken unless another is set, MiB.
const MAX_IMPORT_MIB: usize = 64;

#[actix_web::main]
async fn main() -> ExitCode {
    logs::start();
    match run(Cli::parse().command).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("zhoubian: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<ExitCode, Error> {
    match command {
        Command::Serve(args) => serve(args).await,
        Command::Import { at, what } => {
            let app = open(at, false)?;
            report(&import::run(&what, &app.db, &app.clock).await?, what.verbose)
        }
        Command::Routing { at, what } => {
            let app = open(at, false)?;
            let (lines, code) = rules::command::run(what, &app).await?;
            terminal::print(lines)?;
            Ok(code)
        }
        Command::Standard { what } => {
            terminal::print(import::run_standard(&what)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::User { at, what } => {
            let app = open(at, false)?;
            people::run(what, &app).await
        }
        Command::Keys { data, what } => {
            terminal::print(tokens::run_keys(&what, &data, Clock::machine().now())?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Openapi => {
            terminal::print(routes::document::text()?.lines())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Prints what an import did; rows that were refused make it fail for whoever runs it in a script.
fn report(imported: &Imported, verbose: bool) -> Result<ExitCode, Error> {
    terminal::print(imported.lines(verbose))?;
    Ok(if imported.plan.refused() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn config(data: PathBuf, demo: bool) -> Config {
    let sign_in = if demo { SignInSettings::demonstration() } else { SignInSettings::default() };
    Config { demo, sign_in, ..Config::new(data) }
}

fn open(at: At, demo: bool) -> Result<App, Error> {
    let database = boot::database(at.database.as_deref(), &at.data)?;
    boot::boot(config(at.data, demo), &database, Clock::machine())
}

async fn serve(args: Serve) -> Result<ExitCode, Error> {
    if args.demo && !args.host.is_loopback() && !args.demo_reachable_by_others {
        return Err(Error::Internal(format!(
            "--demo makes accounts whose password is public, and {} can be reached by others. \
             Listen on 127.0.0.1, or add --demo-reachable-by-others if that is meant.",
            args.host
        )));
    }
    let database = boot::database(args.at.database.as_deref(), &args.at.data)?;
    let listener = TcpListener::bind((args.host, args.port))?;
    let address = listener.local_addr()?;
    let public_url = args.public_url.unwrap_or_else(|| format!("http://{address}"));
    let rates = RateSettings::default();
    let config = Config {
        public_url: public_url.trim_end_matches('/').to_owned(),
        rates: RateSettings {
            account_per_second: args.requests_per_second.unwrap_or(rates.account_per_second),
            sign_ins_per_minute: args.sign_ins_per_minute.unwrap_or(rates.sign_ins_per_minute),
            trusted_proxies: args.trusted_proxies,
            ..rates
        },
        max_photo_bytes: args.max_photo_mib * 1024 * 1024,
        max_import_bytes: args.max_import_mib * 1024 * 1024,
        ..config(args.at.data, args.demo)
    };
    if args.demo {
        demo::prepare(&config, &database).await?;
    }
    let app = Arc::new(boot::boot(config, &database, Clock::machine())?);
    let (server, address) = serve::start(Arc::clone(&app), listener, args.threads)?;
    tokio::spawn(serve::follow_reference_data(Arc::clone(&app)));
    tokio::spawn(serve::follow_keys(Arc::clone(&app)));
    tokio::spawn(jobs::reassign::keep_issues_placed(Arc::clone(&app)));
    tokio::spawn(jobs::photos::look_at_photos(Arc::clone(&app)));
    tokio::spawn(jobs::orphans::clear_orphans(Arc::clone(&app)));
    tokio::spawn(jobs::forget_sign_ins::keep_forgetting(Arc::clone(&app)));
    if args.demo {
        demo::welcome(&app.config.public_url);
    } else {
        eprintln!("zhoubian listens on http://{address}");
        if people::nobody_yet(&app).await? {
            eprintln!("{}", people::FIRST_ACCOUNT);
        }
    }
    server.await?;
    Ok(ExitCode::SUCCESS)
}
