using Microsoft.FluentUI.AspNetCore.Components;

namespace Aspire.Dashboard.Components.Controls;

/// <summary>A column whose cells are no stops of the Tab key: a row is reached by the link, or the button, in it.</summary>
public sealed class GridColumn<TGridItem> : TemplateColumn<TGridItem>
{
    public GridColumn() => DisableCellFocus = true;
}
