"""What a site's own feed templates say of their entries' ids; they are read and never run."""
