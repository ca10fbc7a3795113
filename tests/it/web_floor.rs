//! The floor under every page: what a client may send, take and hold, and what it gets when something breaks.
