//! Runs a server until it is told to end, and ends it without losing a request.

use std::net::TcpListener;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;

use crate::app::App;
use crate::clock::Clock;
use crate::config::{Config, Settings};
use crate::problem::Error;
use crate::{boot, demo, jobs, metrics, people};

/// By then every thread has made its routes, and what that took is given back: reference data as it was
/// read, the API's document, a demonstration's making.
const STARTED: Duration = Duration::from_secs(1);

/// Runs a server with these settings until it is told to end.
///
/// SIGTERM: `/readiness` says 503 at once; after `drain_notice_s` no connection is taken any more, and
/// requests go on for up to 30 seconds. SIGINT leaves the notice out. A second signal ends it at once.
pub async fn run(settings: &Settings) -> Result<ExitCode, Error> {
    let mut signals = Signals::listen()?;
    super::open_files::raise();
    let database = boot::database(settings.database.reveal(), &settings.data)?;
    let listener = TcpListener::bind((settings.host, settings.port))?;
    let config = Config::of(settings);
    let public_url = match config.public_url.as_str() {
        "" => format!("http://{}", listener.local_addr()?),
        set => set.to_owned(),
    };
    let config = Config { public_url, ..config };
    if config.demo {
        demo::prepare(&config, &database).await?;
    }
    let app = Arc::new(boot::boot(config, &database, Clock::machine())?);
    let watching = watch(&app)?;
    let (server, address) = super::start(Arc::clone(&app), listener, settings.threads)?;
    let handle = server.handle();
    let mut serving = tokio::spawn(server);
    let jobs = begin_jobs(&app);
    eprintln!("zhoubian listens on http://{address}");
    if settings.demo {
        demo::welcome(&app.config.public_url);
    } else if people::nobody_yet(&app).await? {
        eprintln!("{}", people::FIRST_ACCOUNT);
    }
    tokio::spawn(async {
        tokio::time::sleep(STARTED).await;
        tokio::task::spawn_blocking(allocator::trim).await
    });
    let first = tokio::select! {
        ended = &mut serving => {
            ended.map_err(|error| Error::Internal(error.to_string()))??;
            return Ok(ExitCode::SUCCESS);
        }
        first = signals.next() => first,
    };
    app.lifecycle.drain();
    tracing::info!("told to end: requests under way go on");
    let notice = if first.is_patient { app.config.operations.drain_notice_s } else { 0 };
    let ended = async {
        tokio::time::sleep(Duration::from_secs(notice)).await;
        handle.stop(true).await;
        let _ = serving.await;
        // What came of photos whose requests were broken off just now is kept.
        app.uploads.settled().await;
        for job in jobs {
            let _ = job.await;
        }
        if let Some(watching) = watching {
            watching.stop(false).await;
        }
    };
    tokio::select! {
        () = ended => Ok(ExitCode::SUCCESS),
        _ = signals.next() => {
            tracing::warn!("told to end a second time: requests under way are broken off");
            // Returning would wait for what blocks.
            std::process::exit(1)
        }
    }
}

fn begin_jobs(app: &Arc<App>) -> Vec<JoinHandle<()>> {
    let app = || Arc::clone(app);
    vec![
        until_draining(app(), super::follow_reference_data(app())),
        until_draining(app(), super::follow_keys(app())),
        until_draining(app(), jobs::reassign::keep_issues_placed(app())),
        until_draining(app(), jobs::resume::keep_resuming(app())),
        until_draining(app(), jobs::claims::keep_lapsing(app())),
        // Not broken off in the middle of a photo: it ends by itself.
        tokio::spawn(jobs::photos::look_at_photos(app())),
        until_draining(app(), jobs::likeness::keep_comparing(app())),
        until_draining(app(), jobs::orphans::clear_orphans(app())),
        until_draining(app(), jobs::compact_feed::keep_feed_short(app())),
        until_draining(app(), jobs::sweep::keep_sweeping(app())),
        until_draining(app(), jobs::deliver::keep_telling(app())),
        until_draining(app(), jobs::forget_sign_ins::keep_forgetting(app())),
        until_draining(app(), jobs::forget_notices::keep_forgetting(app())),
    ]
}

fn until_draining(app: Arc<App>, job: impl Future<Output = ()> + Send + 'static) -> JoinHandle<()> {
    tokio::spawn(async move { app.lifecycle.until_draining(job).await })
}

/// Serves the metrics, if they are to be.
fn watch(app: &Arc<App>) -> Result<Option<actix_web::dev::ServerHandle>, Error> {
    let Some(address) = app.config.operations.metrics_address else { return Ok(None) };
    let listener = TcpListener::bind(address)?;
    eprintln!("metrics on http://{}/metrics", listener.local_addr()?);
    let server = metrics::requests::serve(Arc::clone(app), listener)?;
    let handle = server.handle();
    tokio::spawn(server);
    Ok(Some(handle))
}

/// What told the server to end.
struct Told {
    /// Whoever sent it waits for a while: others are told first.
    is_patient: bool,
}

#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let terminate = signal(SignalKind::terminate())?;
        Ok(Self { terminate, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn next(&mut self) -> Told {
        tokio::select! {
            _ = self.terminate.recv() => Told { is_patient: true },
            _ = self.interrupt.recv() => Told { is_patient: false },
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) -> Told {
        let _ = tokio::signal::ctrl_c().await;
        Told { is_patient: false }
    }
}
