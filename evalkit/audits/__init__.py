"""Mystery calls as numbers: agreement of auditors, severity, rates and variances. Arrays in, arrays out."""
