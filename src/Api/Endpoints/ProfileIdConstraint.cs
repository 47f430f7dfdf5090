using Profiles;

namespace Api.Endpoints;

/// <summary>Lets a route match only where the segment is an id in its exact form: whatever else is asked for is not there.</summary>
internal sealed class ProfileIdConstraint : IRouteConstraint
{
    public const string Name = "profileId";

    public bool Match(
        HttpContext? httpContext,
        IRouter? route,
        string routeKey,
        RouteValueDictionary values,
        RouteDirection routeDirection
    ) => values.TryGetValue(routeKey, out var value) && ProfileId.TryParse(value?.ToString(), null, out _);
}
