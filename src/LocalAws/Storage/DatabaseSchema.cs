namespace LocalAws.Storage;

/// <summary>The tables. Times are Unix milliseconds; object keys are UTF-8 bytes, for S3 lists them in that order.</summary>
internal static class DatabaseSchema
{
    public static IReadOnlyList<string> Statements { get; } =
    [
        """
            CREATE TABLE IF NOT EXISTS queues (
                id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL,
                attributes TEXT NOT NULL, tags TEXT NOT NULL)
            """,
        """
            CREATE TABLE IF NOT EXISTS messages (
                sequence INTEGER PRIMARY KEY, queue_id INTEGER NOT NULL, message_id TEXT NOT NULL, body TEXT NOT NULL, attributes TEXT,
                trace_header TEXT, source_queue TEXT, sent_at INTEGER NOT NULL, available_at INTEGER NOT NULL,
                first_received_at INTEGER NOT NULL, receive_count INTEGER NOT NULL, receives_here INTEGER NOT NULL, receipt INTEGER NOT NULL)
            """,
        "CREATE INDEX IF NOT EXISTS messages_of_queue ON messages (queue_id)",
        "CREATE TABLE IF NOT EXISTS buckets (name TEXT PRIMARY KEY, created_at INTEGER NOT NULL, region TEXT NOT NULL) WITHOUT ROWID",
        """
            CREATE TABLE IF NOT EXISTS objects (
                bucket TEXT NOT NULL, key BLOB NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, modified_at INTEGER NOT NULL,
                parts TEXT NOT NULL, headers TEXT NOT NULL, checksum TEXT, PRIMARY KEY (bucket, key)) WITHOUT ROWID
            """,
        """
            CREATE TABLE IF NOT EXISTS uploads (
                id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key BLOB NOT NULL, initiated_at INTEGER NOT NULL, headers TEXT NOT NULL,
                checksum_algorithm TEXT, checksum_type TEXT) WITHOUT ROWID
            """,
        """
            CREATE TABLE IF NOT EXISTS upload_parts (
                upload_id TEXT NOT NULL, number INTEGER NOT NULL, blob TEXT NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL,
                checksum TEXT, modified_at INTEGER NOT NULL, PRIMARY KEY (upload_id, number)) WITHOUT ROWID
            """,
    ];
}
