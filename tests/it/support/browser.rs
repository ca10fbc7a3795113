//! A real Chromium, driven as a person drives it: by the words on links, buttons and labels.
//!
//! Script can be switched off, as some people and some companies do. Whatever the browser complains of — an error in the
//! script, something its content policy refused, a page that did not load — is collected and asked for at the end.

use std::{
    env,
    io::{BufRead as _, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder, Locator, elements::Element, error::CmdError};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{is_required, left_out};

/// What keeps Chromium to the page under test: no sandbox for root, no window, no calls of its own to the network.
const ARGUMENTS: [&str; 8] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// A browser with a profile of its own.
pub struct Browser {
    pub client: Client,
    driver: Driver,
}

struct Driver {
    process: Child,
    address: String,
    _profile: TempDir,
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Browser {
    /// Opens a browser; `None` where Chromium or its driver is not installed and need not be.
    pub async fn open(script: bool) -> Option<Self> {
        let (Some(chromium), Some(driver)) = (program("chromium"), program("chromedriver")) else {
            assert!(!is_required("ROSTER_REQUIRE_CHROMIUM"), "Chromium and its driver are needed here and not on PATH");
            left_out("Chromium or its driver is not on PATH");
            return None;
        };
        let profile = tempfile::tempdir().unwrap();
        let mut arguments: Vec<String> = ARGUMENTS.iter().map(ToString::to_string).collect();
        arguments.push(format!("--user-data-dir={}", profile.path().display()));
        let script_setting = if script { 1 } else { 2 };
        let wanted = json!({
            "goog:chromeOptions": {
                "binary": chromium,
                "args": arguments,
                "prefs": { "profile.managed_default_content_settings.javascript": script_setting },
            },
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        let driver = Driver::start(&driver, profile);
        let Value::Object(wanted) = wanted else { unreachable!("an object") };
        let client = ClientBuilder::new(HttpConnector::new()).capabilities(wanted).connect(&driver.address).await;
        Some(Self { client: client.unwrap(), driver })
    }

    /// Opens an address, signs in on the way as somebody, and waits for their page.
    pub async fn sign_in(&self, address: &str, name: &str) {
        self.client.goto(address).await.unwrap();
        self.click_at(&format!("//button[@name='person'][contains(., '{name}')]")).await;
        self.find("//nav").await;
    }

    /// Clicks the link or button whose words begin so.
    pub async fn click(&self, words: &str) {
        self.click_at(&format!("//*[self::a or self::button][starts-with(normalize-space(), '{words}')]")).await;
    }

    /// Clicks an element.
    pub async fn click_at(&self, path: &str) {
        self.act(path, async |element| element.click().await).await;
    }

    /// Types into the field with this name.
    pub async fn type_into(&self, name: &str, text: &str) {
        let path = format!("//main//*[@name='{name}']");
        self.act(&path, async |field| {
            field.clear().await?;
            field.send_keys(text).await
        })
        .await;
    }

    /// Does something with an element; again when the page it was found on has just gone.
    async fn act(&self, path: &str, deed: impl AsyncFn(&Element) -> Result<(), CmdError>) {
        for _ in 0..50 {
            match deed(&self.find(path).await).await {
                Ok(()) => return,
                Err(error) if error.to_string().contains("stale element") => {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
                Err(error) => panic!("{path}: {error}"),
            }
        }
        panic!("{path} goes away again and again");
    }

    /// Waits until the page says something.
    pub async fn sees(&self, words: &str) {
        self.find(&format!("//main[contains(normalize-space(), '{words}')]")).await;
    }

    /// Waits for an element.
    pub async fn find(&self, path: &str) -> Element {
        let wait = self.client.wait().at_most(Duration::from_secs(15));
        match wait.for_element(Locator::XPath(path)).await {
            Ok(element) => element,
            Err(error) => panic!("{path} was not found: {error}\n{}", self.text().await),
        }
    }

    /// Returns the text of the page.
    pub async fn text(&self) -> String {
        match self.client.find(Locator::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(error) => error.to_string(),
        }
    }

    /// Returns what the browser complained of since this was last asked.
    pub async fn complaints(&self) -> Vec<String> {
        let session = self.client.session_id().await.unwrap().unwrap();
        let address = format!("{}/session/{session}/se/log", self.driver.address);
        let answer = reqwest::Client::builder().no_proxy().build().unwrap();
        let answer = answer.post(address).json(&json!({ "type": "browser" })).send().await.unwrap();
        let answer: Value = answer.json().await.unwrap();
        let entries = answer["value"].as_array().unwrap_or_else(|| panic!("no log: {answer}"));
        let is_trouble = |entry: &&Value| !matches!(entry["level"].as_str(), Some("INFO" | "DEBUG"));
        entries.iter().filter(is_trouble).map(ToString::to_string).collect()
    }

    /// Closes the browser, so that its driver ends in order.
    pub async fn close(self) {
        self.client.close().await.unwrap();
    }
}

impl Driver {
    /// Starts a driver on a port that it chooses and names.
    fn start(program: &PathBuf, profile: TempDir) -> Self {
        let mut process =
            Command::new(program).arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut said = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = said.by_ref().map_while(Result::ok).find_map(|line| {
            let (_, rest) = line.split_once("started successfully on port ")?;
            rest.trim_end_matches('.').parse::<u16>().ok()
        });
        // What it says later is read and dropped, so that it never waits for a reader.
        std::thread::spawn(move || said.for_each(drop));
        let address = format!("http://127.0.0.1:{}", port.expect("the driver names its port"));
        Self { process, address, _profile: profile }
    }
}

fn program(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|path| path.is_file())
}
