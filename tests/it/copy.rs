//! The directory copy of a portal: read again in time and in full, and never the end of a request by mistake.

mod names;
