//! The command line.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use toml::Value;
use zhoubian::actions::import_reference::Imported;
use zhoubian::app::App;
use zhoubian::clock::Clock;
use zhoubian::config::command::effective;
use zhoubian::config::{self, Config, Given, Origin, Settings};
use zhoubian::problem::Error;
use zhoubian::{backup, boot, check, import, logs, people, routes, rules, serve, terminal, tokens};

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
        #[command(flatten)]
        at: At,
        #[command(subcommand)]
        what: tokens::KeysCommand,
    },
    /// Check or show the configuration
    Config {
        #[command(flatten)]
        at: At,
        #[command(subcommand)]
        what: config::command::ConfigCommand,
    },
    /// Copy everything to another folder while the server runs
    Backup {
        #[command(flatten)]
        at: At,
        #[command(flatten)]
        what: backup::command::BackupArgs,
    },
    /// Make an installation from a backup, in an empty folder and an empty database
    Restore {
        #[command(flatten)]
        at: At,
        #[command(flatten)]
        what: backup::command::RestoreArgs,
    },
    /// Look for damage: database, event chains, photos; reads only
    Check {
        #[command(flatten)]
        at: At,
        #[command(flatten)]
        what: check::command::CheckArgs,
    },
    /// Print the OpenAPI document
    Openapi,
}

/// Where the installation is.
#[derive(Args)]
struct At {
    /// Configuration file; without it zhoubian.toml in the data folder, where it is there
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    /// Folder of the database, the photos and the keys [default: data]
    #[arg(long, global = true)]
    data: Option<PathBuf>,
    /// sqlite:FILE or postgres://…; without it, a SQLite file in the data folder
    #[arg(long, global = true)]
    database: Option<String>,
}

#[derive(Args)]
struct Serve {
    #[command(flatten)]
    at: At,
    /// Address to listen on [default: 127.0.0.1]
    #[arg(long)]
    host: Option<IpAddr>,
    /// Port to listen on; 0 takes a free one [default: 8080]
    #[arg(long)]
    port: Option<u16>,
    /// Where clients reach the server, when that is another address (behind a proxy)
    #[arg(long)]
    public_url: Option<String>,
    /// The largest photo taken, MiB [default: 25]
    #[arg(long)]
    max_photo_mib: Option<u32>,
    /// The largest import of reference data taken over the API, all files together, MiB [default: 64]
    #[arg(long)]
    max_import_mib: Option<u32>,
    /// Threads that serve requests [default: 2]
    #[arg(long)]
    threads: Option<u32>,
    /// Requests one account may make a second, in the long run; 0 for no limit [default: 20]
    #[arg(long)]
    requests_per_second: Option<u32>,
    /// Attempts to sign in one address may make a minute; 0 for no limit [default: 30]
    #[arg(long)]
    sign_ins_per_minute: Option<u32>,
    /// Where Prometheus reads GET /metrics, such as 127.0.0.1:9090
    #[arg(long)]
    metrics_address: Option<SocketAddr>,
    /// Make a demonstration district with demonstration accounts, once
    #[arg(long)]
    demo: bool,
    /// Allow demonstration accounts, whose password is public, on an address others can reach
    #[arg(long)]
    demo_reachable_by_others: bool,
}

/// What the command line sets, as settings.
#[derive(Default)]
struct Flags(Vec<Given>);

impl Flags {
    fn set(&mut self, key: &str, value: Option<impl Into<Value>>) {
        let flag = key.rsplit('.').next().unwrap_or(key).replace('_', "-");
        let given = |value: Value| Given { key: key.to_owned(), value, origin: Origin::Flag(flag) };
        self.0.extend(value.map(Into::into).map(given));
    }
}

impl At {
    fn flags(&self) -> Flags {
        let mut flags = Flags::default();
        flags.set("data", self.data.as_ref().map(|data| data.to_string_lossy().into_owned()));
        flags.set("database", self.database.clone());
        flags
    }

    /// Settings of a command that serves nobody.
    fn settings(&self) -> Result<Settings, Error> {
        let settings = effective(self.config.as_deref(), self.flags().0)?.settings;
        logs::start(&settings);
        Ok(settings)
    }
}

impl Serve {
    fn settings(&self) -> Result<Settings, Error> {
        let mut flags = self.at.flags();
        flags.set("host", self.host.map(|host| host.to_string()));
        flags.set("port", self.port.map(u32::from));
        flags.set("public_url", self.public_url.clone());
        flags.set("max_photo_mib", self.max_photo_mib);
        flags.set("max_import_mib", self.max_import_mib);
        flags.set("threads", self.threads);
        flags.set("rates.account_per_second", self.requests_per_second);
        flags.set("rates.sign_ins_per_minute", self.sign_ins_per_minute);
        let metrics = self.metrics_address.map(|address| address.to_string());
        flags.set("operations.metrics_address", metrics);
        flags.set("demo", self.demo.then_some(true));
        let reachable = self.demo_reachable_by_others.then_some(true);
        flags.set("demo_reachable_by_others", reachable);
        Ok(effective(self.at.config.as_deref(), flags.0)?.settings)
    }
}

#[actix_web::main]
async fn main() -> ExitCode {
    allocator::give_back();
    match Box::pin(run(Cli::parse().command)).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("zhoubian: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<ExitCode, Error> {
    match command {
        Command::Serve(args) => {
            let settings = args.settings()?;
            logs::start(&settings);
            serve::run(&settings).await
        }
        Command::Import { at, what } => {
            let app = open(&at)?;
            report(&import::run(&what, &app.db, &app.clock).await?, what.verbose)
        }
        Command::Routing { at, what } => {
            let app = open(&at)?;
            let (lines, code) = rules::command::run(what, &app).await?;
            terminal::print(lines)?;
            Ok(code)
        }
        Command::Standard { what } => {
            terminal::print(import::run_standard(&what)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::User { at, what } => {
            let app = open(&at)?;
            people::run(what, &app).await
        }
        Command::Keys { at, what } => {
            let data = at.settings()?.data;
            terminal::print(tokens::run_keys(&what, &data, Clock::machine().now())?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Config { at, what } => {
            config::command::run(what, at.config.as_deref(), at.flags().0)
        }
        Command::Backup { at, what } => backup::command::backup(&at.settings()?, &what),
        Command::Restore { at, what } => backup::command::restore(&at.settings()?, &what),
        Command::Check { at, what } => check::command::run(&at.settings()?, &what),
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

fn open(at: &At) -> Result<App, Error> {
    let settings = at.settings()?;
    let database = boot::database(settings.database.reveal(), &settings.data)?;
    boot::boot(Config::of(&settings), &database, Clock::machine())
}
