using Api.Uploads;

namespace Api.Tests;

public sealed class UploadMemoryTests
{
    private const int PiecesOfPart = UploadMemory.PartSize / UploadMemory.PieceSize;

    [Fact]
    public void Many_that_begin_at_once_do_not_take_all_memory_each_half_of_what_it_needs()
    {
        var memory = new UploadMemory(TimeProvider.System);
        // Together they need four times what there is, and each gets as much in a round as the others.
        var filling = Enumerable
            .Range(0, 4 * UploadMemory.Pieces / PiecesOfPart)
            .ToDictionary(_ => memory.Begin(isFirst: true), _ => new List<byte[]>());

        while (filling.Count > 0)
        {
            var before = filling.Values.Sum(pieces => pieces.Count);
            foreach (var (part, pieces) in filling)
            {
                if (memory.TryRent(part, out var piece))
                    pieces.Add(piece);
                if (pieces.Count < PiecesOfPart)
                    continue;
                memory.End(part);
                memory.Return(pieces);
                filling.Remove(part);
            }

            Assert.True(filling.Count is 0 || filling.Values.Sum(pieces => pieces.Count) != before, "None comes forward any more.");
        }
    }
}
