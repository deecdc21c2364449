use super::*;

const EXAMPLE: &str = include_str!("../../../../deploy/zhoubian.toml");

fn environment(variables: &[(&str, &str)]) -> BTreeMap<String, String> {
    variables.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

fn layers(text: &str, variables: &[(&str, &str)], flags: Vec<Given>) -> Layers {
    let mut layers = Layers::default();
    layers.file(Path::new("z.toml"), text, false);
    let later = layers.variables(&environment(variables));
    layers.given.extend(later);
    layers.given.extend(flags);
    layers
}

fn found(text: &str, variables: &[(&str, &str)]) -> Vec<String> {
    let findings = layers(text, variables, Vec::new()).settle().unwrap_err();
    findings.iter().map(Finding::to_string).collect()
}

fn flag(key: &str, value: impl Into<Value>) -> Given {
    Given { key: key.to_owned(), value: value.into(), origin: Origin::Flag(key.to_owned()) }
}

#[test]
fn the_example_says_every_setting_with_its_default() {
    let (given, findings) = file::read(Path::new("deploy/zhoubian.toml"), EXAMPLE);
    assert_eq!(findings, []);
    let mut keys: Vec<String> = given.iter().map(|given| given.key.clone()).collect();
    let mut known: Vec<String> = fields::known().collect();
    keys.sort();
    known.sort();
    assert_eq!(keys, known);
    let effective = layers(EXAMPLE, &[], Vec::new()).settle().unwrap();
    assert_eq!(effective.settings, Settings::default());
    for section in EXAMPLE.split("\n\n").filter(|part| part.contains(" = ")) {
        assert!(section.contains('#'), "without a comment: {section}");
    }
}

#[test]
fn the_file_yields_to_the_environment_and_that_to_the_command_line() {
    let text = "port = 1\nthreads = 3\nmax_photo_mib = 7\n[photos]\nworkers = 5\n";
    let variables = [
        ("ZHOUBIAN_THREADS", "4"),
        ("ZHOUBIAN_MAX_PHOTO_MIB", "8"),
        ("ZHOUBIAN_SIGN_IN_SECOND_FACTOR", "office, admin"),
        ("ZHOUBIAN_RATES_TRUSTED_PROXIES", "10.0.0.1"),
        ("ZHOUBIAN_OPERATIONS_METRICS_ADDRESS", "127.0.0.1:9090"),
        ("ZHOUBIAN_DATABASE", "postgres://zb:s3cret@db/zb"),
        ("ZHOUBIAN_LOG", ""),
        ("ZHOUBIAN_PROT", "1"),
        ("PATH", "/bin"),
    ];
    let flags = vec![flag("max_photo_mib", 9)];
    let layers = layers(text, &variables, flags);
    assert_eq!(layers.unknown_variables, ["ZHOUBIAN_PROT"]);
    let effective = layers.settle().unwrap();
    let settings = &effective.settings;
    assert_eq!((settings.port, settings.threads, settings.max_photo_mib), (1, 4, 9));
    assert_eq!((settings.photos.workers, settings.photos.memory_mib), (5, 160));
    assert_eq!(settings.rates.trusted_proxies, ["10.0.0.1".parse::<std::net::IpAddr>().unwrap()]);
    assert_eq!(settings.operations.metrics_address.unwrap().port(), 9090);
    let lines = effective.lines().join("\n");
    for line in [
        "port = 1    # z.toml:1",
        "threads = 4    # ZHOUBIAN_THREADS",
        "max_photo_mib = 9    # --max_photo_mib",
        "photos.workers = 5    # z.toml:5",
        "photos.memory_mib = 160    # default",
        "database = (hidden)    # ZHOUBIAN_DATABASE",
    ] {
        assert!(lines.contains(line), "{line} is not in\n{lines}");
    }
    assert!(!lines.contains("s3cret") && !format!("{effective:?}").contains("(hidden)s3cret"));
    assert!(!format!("{:?}", effective.settings).contains("s3cret"));
}

#[test]
fn everything_wrong_is_found_at_once_with_its_place_and_what_to_write() {
    let text = "prot = 80\nport = \"x\"\nthreads = 0\n\n[photos]\nworker = 2\nworkers = -1\n\
                [zhaopian]\na = 1\n[sign_in]\nsecond_factor = [\"boss\"]\n";
    let found = found(text, &[("ZHOUBIAN_HOST", "here"), ("ZHOUBIAN_MAX_IMPORT_MIB", "many")]);
    for (place, says) in [
        ("z.toml:1: ", "was port meant"),
        ("z.toml:2: ", "write for example port = 8080"),
        ("z.toml:3: ", "from 1 to 256"),
        ("z.toml:6: ", "was photos.workers meant"),
        ("z.toml:7: ", "from 1 to 256"),
        ("z.toml:9: ", "nothing is called zhaopian.a"),
        ("z.toml:11: ", "boss"),
        ("ZHOUBIAN_HOST: ", "write for example host = \"127.0.0.1\""),
        ("ZHOUBIAN_MAX_IMPORT_MIB: ", "write for example max_import_mib = 64"),
    ] {
        let told = |line: &&String| line.starts_with(place) && line.contains(says);
        assert!(found.iter().any(|line| told(&line)), "{place}{says} is not in {found:#?}");
    }
    assert_eq!(found.len(), 9, "{found:#?}");
}

#[test]
fn what_is_no_toml_is_told_with_every_line() {
    let found = found("port = \nthreads = = 3\n", &[]);
    for line in ["z.toml:1: this is not TOML", "z.toml:2: this is not TOML"] {
        assert!(found.iter().any(|told| told.starts_with(line)), "{found:?}");
    }
}

#[test]
fn what_does_not_go_together_is_refused() {
    let text = "host = \"0.0.0.0\"\ndemo = true\npublic_url = \"zhoubian\"\nlog = \"a=b=c\"\n\
                database = \"mysql://u:s3cret@h/d\"\n[operations]\nmetrics_address = \"0.0.0.0:1\"\n";
    let found = found(text, &[]).join("\n");
    for place in ["z.toml:2: demo", "z.toml:3: public_url", "z.toml:4: log", "z.toml:5: database"] {
        assert!(found.contains(place), "{place} is not in\n{found}");
    }
    assert!(found.contains("z.toml:7: operations.metrics_address"), "{found}");
    assert!(!found.contains("s3cret"));
}

#[test]
fn a_demonstration_asks_for_no_second_factor_unless_that_was_set() {
    let of = |text: &str| layers(text, &[], Vec::new()).settle().unwrap().settings.sign_in;
    assert_eq!(of("demo = true").second_factor, []);
    assert_eq!(of("demo = true\n[sign_in]\nsecond_factor = [\"admin\"]").second_factor.len(), 1);
    assert_eq!(of("").second_factor.len(), 2);
}

#[test]
fn a_file_in_the_data_folder_cannot_move_it() {
    let mut layers = Layers::default();
    layers.file(Path::new("data/zhoubian.toml"), "data = \"elsewhere\"", true);
    assert!(layers.settle().unwrap_err()[0].says.contains("--config"));
}
