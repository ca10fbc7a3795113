//! HTTP by hand, for what no client library would send.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

/// A connection to a portal.
pub struct Wire(TcpStream);

impl Wire {
    /// Connects to an address such as `http://127.0.0.1:1`.
    pub async fn to(address: &str) -> Self {
        Self(TcpStream::connect(address.trim_start_matches("http://")).await.unwrap())
    }

    /// Sends bytes; `false` when the other side takes no more.
    pub async fn send(&mut self, bytes: &[u8]) -> bool {
        matches!(timeout(Duration::from_secs(5), self.0.write_all(bytes)).await, Ok(Ok(())))
    }

    /// Returns everything that comes until the other side closes, or nothing more comes for a while.
    pub async fn rest(&mut self, patience: Duration) -> String {
        let mut all = Vec::new();
        let mut part = vec![0_u8; 16 * 1024];
        while let Ok(Ok(read @ 1..)) = timeout(patience, self.0.read(&mut part)).await {
            all.extend_from_slice(&part[..read]);
        }
        String::from_utf8_lossy(&all).into_owned()
    }

    /// Returns whether the other side closes within a time, reading away what it says.
    pub async fn closes_within(&mut self, time: Duration) -> bool {
        let mut part = vec![0_u8; 16 * 1024];
        let closed = async { while matches!(self.0.read(&mut part).await, Ok(1..)) {} };
        timeout(time, closed).await.is_ok()
    }

    /// Sends a part again and again, pausing in between, until the other side takes no more or has been sent enough.
    /// Returns how many bytes were sent.
    pub async fn pour(&mut self, part: &[u8], enough: usize, pause: Duration) -> usize {
        let mut sent = 0;
        while sent < enough && self.send(part).await {
            sent += part.len();
            tokio::time::sleep(pause).await;
        }
        sent
    }
}

/// Sends one request exactly as it is written, with cookies, and returns the answer as it came.
pub async fn ask(address: &str, method: &str, target: &str, headers: &str) -> String {
    let mut wire = Wire::to(address).await;
    let host = address.trim_start_matches("http://");
    let request = format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n");
    wire.send(request.as_bytes()).await;
    wire.rest(Duration::from_secs(5)).await
}

/// Returns the status of an answer; 0 when there is none.
pub fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0)
}
