const form = document.querySelector('form');
const list = document.querySelector('ul');
const status = document.querySelector('[role=status]');

async function show() {
  const orders = await (await fetch('/api/orders')).json();
  list.replaceChildren(...orders.map(order => {
    const item = document.createElement('li');
    item.textContent = `${order.count} × ${order.article} at ${order.price} each: ${order.state}`;
    return item;
  }));
}

form.addEventListener('submit', async event => {
  event.preventDefault();
  const { article, count } = Object.fromEntries(new FormData(form));
  const answer = await fetch('/api/orders', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ article, count: Number(count) }),
  });
  status.textContent = answer.ok ? 'Ordered.' : `Not ordered (${answer.status}).`;
  await show();
});

await show();
