using System.Collections.ObjectModel;

namespace Aspire.Hosting.ApplicationModel;

internal sealed class ResourceCollection : Collection<IResource>, IResourceCollection
{
    public ResourceCollection()
    {
    }

    public ResourceCollection(IEnumerable<IResource> resources) : base([.. resources])
    {
    }

    protected override void InsertItem(int index, IResource item)
    {
        RefuseSecondOfName(item, except: -1);
        base.InsertItem(index, item);
    }

    protected override void SetItem(int index, IResource item)
    {
        RefuseSecondOfName(item, except: index);
        base.SetItem(index, item);
    }

    private void RefuseSecondOfName(IResource item, int except)
    {
        ArgumentNullException.ThrowIfNull(item);
        for (var i = 0; i < Count; i++)
        {
            if (i != except && string.Equals(this[i].Name, item.Name, StringComparison.OrdinalIgnoreCase))
            {
                throw new DistributedApplicationException(
                    $"Cannot add resource of type '{item.GetType()}' with name '{item.Name}' because resource of type '{this[i].GetType()}' "
                    + "with that name already exists. Resource names are case-insensitive.");
            }
        }
    }
}
