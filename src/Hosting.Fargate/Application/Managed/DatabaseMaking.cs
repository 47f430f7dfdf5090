namespace Hosting.Fargate.Application;

/// <summary>The commands with which a client makes databases, and users of their own for them.</summary>
/// <param name="IsThere">Prints 1 where the database in <c>name</c> is there.</param>
/// <param name="Make">Makes it.</param>
/// <param name="Run">Makes it by the statements in <c>script</c>.</param>
/// <param name="Own">Gives it the user in <c>owner</c> with the password in <c>secret</c>: one of <see cref="DatabaseOwners"/>.</param>
/// <param name="First">What comes before all else.</param>
internal sealed record DatabaseMaking(string IsThere, string Make, string Run, string Own, string First = "")
{
    /// <summary>
    /// Makes the databases in DATABASE_1, DATABASE_2 and so on that are not there, each by SCRIPT_1, SCRIPT_2 and so on where there is such
    /// a variable; and the users in USER_1, USER_2 and so on with the passwords in PASSWORD_1, PASSWORD_2 and so on.
    /// </summary>
    /// <param name="hasOwners">Whether there are such users.</param>
    public string Script(bool hasOwners) =>
        $$"""
            set -eu{{(First.Length == 0 ? "" : $"\n{First.Trim()}")}}
            number=1
            while name=$(printenv "DATABASE_$number"); do
              there=$({{IsThere.Trim()}})
              if [ "$there" = 1 ]; then
                echo "$name is there"
              elif script=$(printenv "SCRIPT_$number"); then
                echo "$name: by its script"
                if ! { {{Run.Trim()}}; }; then
                  echo "The script of $name has failed. Where it has made the database already, it is not run again:"
                  echo "drop the database, or do the rest by hand, then deploy."
                  exit 1
                fi
              else
                {{Make.Trim()}}
                echo "$name is made"
              fi{{(hasOwners ? $"\n{OwnScript}" : "")}}
              number=$((number + 1))
            done
            """.ReplaceLineEndings("\n");

    private string OwnScript =>
        $$"""
              if owner=$(printenv "USER_$number"); then
                secret=$(printenv "PASSWORD_$number")
                export name owner secret
            {{Own.Trim()}}
                echo "$name has the user $owner"
              fi
            """;
}
