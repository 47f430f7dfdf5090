namespace Hosting.Fargate.Application;

/// <summary>
/// What gives a database a user of its own, in the words of each client. The database is in <c>name</c>, the user in <c>owner</c>, its
/// password in <c>secret</c>: environment variables, so that no password is in the arguments of a process. Each may be done again and
/// again.
/// </summary>
internal static class DatabaseOwners
{
    /// <summary>
    /// The user owns the database, and what the first user has made in it, by a script or before there was another. Nobody else may
    /// connect, but the first user, who is a member of it: one has to be that of whom one makes the owner,
    /// https://www.postgresql.org/docs/current/sql-alterdatabase.html. What psql runs between backquotes has the environment:
    /// https://www.postgresql.org/docs/current/app-psql.html.
    /// </summary>
    public const string Psql = """
        PGDATABASE="$name" psql -Xq -v ON_ERROR_STOP=1 << 'END'
        SET client_min_messages = warning;
        \set name `printenv name`
        \set owner `printenv owner`
        \set secret `printenv secret`
        SELECT format('CREATE ROLE %I', :'owner') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'owner') \gexec
        ALTER ROLE :"owner" LOGIN PASSWORD :'secret';
        GRANT :"owner" TO CURRENT_USER;
        ALTER DATABASE :"name" OWNER TO :"owner";
        REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
        SELECT format('ALTER %s %s OWNER TO %I', kind, id, :'owner') FROM (
          SELECT 'SCHEMA' AS kind, quote_ident(nspname) AS id, nspowner AS maker, oid AS space, 'pg_namespace'::regclass AS catalog, oid
          FROM pg_namespace
          UNION ALL
          SELECT CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE'
            ELSE 'TABLE' END, oid::regclass::text, relowner, relnamespace, 'pg_class'::regclass, oid
          FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND relpersistence <> 't'
          UNION ALL
          SELECT 'ROUTINE', oid::regprocedure::text, proowner, pronamespace, 'pg_proc'::regclass, oid FROM pg_proc
          UNION ALL
          SELECT 'TYPE', oid::regtype::text, typowner, typnamespace, 'pg_type'::regclass, oid FROM pg_type
          WHERE typtype IN ('d', 'e', 'r') OR typtype = 'c' AND (SELECT relkind FROM pg_class WHERE pg_class.oid = typrelid) = 'c'
        ) AS made
        WHERE maker = quote_ident(CURRENT_USER)::regrole
        AND EXISTS (SELECT FROM pg_namespace WHERE oid = space AND nspname !~ '^pg_' AND nspname <> 'information_schema')
        AND NOT EXISTS (
          SELECT FROM pg_depend WHERE classid = catalog AND objid = made.oid
          AND (deptype = 'e' OR kind = 'SEQUENCE' AND deptype IN ('a', 'i'))
        )
        ORDER BY kind <> 'SCHEMA' \gexec
        END
        """;

    /// <summary>
    /// In the name of a database that rights are for, <c>_</c> and <c>%</c> stand for other signs:
    /// https://dev.mysql.com/doc/refman/8.4/en/grant.html.
    /// </summary>
    public const string MySql = """
        pattern=$(printf '%s' "$name" | sed 's/[_%]/\\&/g')
        printf '%s\n' "CREATE USER IF NOT EXISTS '$owner'@'%' IDENTIFIED BY '$secret';" "ALTER USER '$owner'@'%' IDENTIFIED BY '$secret';" \
          "GRANT ALL PRIVILEGES ON \`$pattern\`.* TO '$owner'@'%';" | $client
        """;

    /// <summary>
    /// What stands in $( ) is of the environment: https://learn.microsoft.com/sql/tools/sqlcmd/sqlcmd-use-scripting-variables. With the
    /// server's policy the same password could not be set again:
    /// https://learn.microsoft.com/sql/relational-databases/security/password-policy.
    /// </summary>
    public const string Sqlcmd = """
        $client -Q "IF SUSER_ID(N'\$(owner)') IS NULL CREATE LOGIN [\$(owner)] WITH PASSWORD = N'\$(secret)', CHECK_POLICY = OFF
        ELSE ALTER LOGIN [\$(owner)] WITH PASSWORD = N'\$(secret)'"
        $client -d "$name" -Q "IF USER_ID(N'\$(owner)') IS NULL CREATE USER [\$(owner)] FOR LOGIN [\$(owner)]
        ELSE ALTER USER [\$(owner)] WITH LOGIN = [\$(owner)];
        ALTER ROLE db_owner ADD MEMBER [\$(owner)]"
        """;
}
