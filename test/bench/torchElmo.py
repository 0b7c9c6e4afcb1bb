"""The ELMo of Peters et al. 2018 in PyTorch, as AllenNLP computes it, to measure Glossator against.

Usage: torchElmo.py OPTIONS.json WEIGHTS.hdf5 SENTENCES.txt VECTORS.bin THREADS
Writes the top layer of every token, [tokens, 2P] float32 in the order of the input, and prints a line of JSON.
Needs: pip install torch numpy h5py
"""

import json
import sys
import time

import h5py
import numpy
import torch

options_file, weights_file, sentences_file, out_file, threads = sys.argv[1:6]
torch.set_num_threads(int(threads))
torch.set_grad_enabled(False)
BATCH_PLACES = 1024
BOS, EOS, BOW, EOW, PAD = 256, 257, 258, 259, 260

options = json.load(open(options_file))
lstm, cnn = options["lstm"], options["char_cnn"]
longest = cnn["max_characters_per_token"]
started = time.perf_counter()
file = h5py.File(weights_file, "r")


def tensor(name):
    return torch.from_numpy(file[name][()])


# Row 0 is for places without a word; AllenNLP shifts all characters by one.
characters = torch.cat([torch.zeros(1, cnn["embedding"]["dim"]), tensor("char_embed")])
filters = [
    (tensor(f"CNN/W_cnn_{k}")[0].permute(2, 1, 0).contiguous(), tensor(f"CNN/b_cnn_{k}"))
    for k in range(len(cnn["filters"]))
]  # [filters, D, width]
highways = [
    [tensor(f"CNN_high_{k}/{name}") for name in ("W_carry", "b_carry", "W_transform", "b_transform")]
    for k in range(cnn["n_highway"])
]
projection = (tensor("CNN_proj/W_proj"), tensor("CNN_proj/b_proj"))
cells = [
    [
        [tensor(f"RNN_{d}/RNN/MultiRNNCell/Cell{k}/LSTMCell/{name}") for name in ("W_0", "B", "W_P_0")]
        for k in range(lstm["n_layers"])
    ]
    for d in range(2)
]
loaded = time.perf_counter() - started


def word(mark=None, form=""):
    ids = [mark] if mark is not None else list(form.encode("utf-8")[: longest - 2])
    ids = [BOW, *ids, EOW]
    return [i + 1 for i in ids + [PAD] * (longest - len(ids))]


def encode(words):
    """[N, 50] characters to [N, P] token vectors."""
    x = characters[words].transpose(1, 2)  # [N, D, 50]
    parts = [torch.relu(torch.conv1d(x, w, b).max(dim=2).values) for w, b in filters]
    x = torch.cat(parts, dim=1)
    for w_carry, b_carry, w_transform, b_transform in highways:
        gate = torch.sigmoid(torch.addmm(b_carry, x, w_carry))
        x = gate * torch.relu(torch.addmm(b_transform, x, w_transform)) + (1 - gate) * x
    return torch.addmm(projection[1], x, projection[0])


def run_lstm(x, weights, clip_cell, clip_projection):
    """[T, B, P] to [T, B, P]; gates in the order input, candidate, forget, output."""
    w, b, w_p = weights
    size = x.shape[2]
    inputs = torch.addmm(b, x.reshape(-1, size), w[:size]).view(x.shape[0], x.shape[1], -1)
    recurrent = w[size:]
    h = torch.zeros(x.shape[1], w_p.shape[1])
    c = torch.zeros(x.shape[1], w_p.shape[0])
    outputs = []
    for step in inputs:
        i, j, f, o = torch.addmm(step, h, recurrent).chunk(4, dim=1)
        c = torch.sigmoid(f + 1) * c + torch.sigmoid(i) * torch.tanh(j)
        c = c.clamp(-clip_cell, clip_cell)
        h = (torch.sigmoid(o) * torch.tanh(c) @ w_p).clamp(-clip_projection, clip_projection)
        outputs.append(h)
    return torch.stack(outputs)


def reverse(x, lengths):
    y = x.clone()
    for b, length in enumerate(lengths):
        y[:length, b] = x[:length, b].flip(0)
    return y


def top_layer(sentences):
    """Distinct words are encoded once, as in Glossator."""
    index, rows = {}, []
    lengths = [len(forms) + 2 for forms in sentences]
    steps = max(lengths)
    places = torch.zeros(steps, len(sentences), dtype=torch.long)
    for b, forms in enumerate(sentences):
        for t, key in enumerate([BOS, *forms, EOS]):
            if key not in index:
                index[key] = len(rows)
                rows.append(word(mark=key) if isinstance(key, int) else word(form=key))
            places[t, b] = index[key]
    vectors = encode(torch.tensor(rows))[places]  # [T, B, P]
    directions = []
    for d in range(2):
        x = vectors if d == 0 else reverse(vectors, lengths)
        for k in range(lstm["n_layers"]):
            y = run_lstm(x, cells[d][k], lstm["cell_clip"], lstm["proj_clip"])
            x = y + x if lstm["use_skip_connections"] and k > 0 else y
        directions.append(x if d == 0 else reverse(x, lengths))
    both = torch.cat(directions, dim=2)
    return [both[1 : lengths[b] - 1, b].numpy() for b in range(len(sentences))]


def embed(sentences):
    order = sorted(range(len(sentences)), key=lambda k: len(sentences[k]))
    result, batch = [None] * len(sentences), []
    for at, k in enumerate(order):
        batch.append(k)
        following = order[at + 1] if at + 1 < len(order) else None
        if following is None or (len(batch) + 1) * (len(sentences[following]) + 2) > BATCH_PLACES:
            for own, vectors in zip(batch, top_layer([sentences[i] for i in batch])):
                result[own] = vectors
            batch = []
    return result


sentences = [line.split() for line in open(sentences_file, encoding="utf-8") if line.strip()]
embed(sentences[:2])
wall, cpu = time.perf_counter(), time.process_time()
vectors = embed(sentences)
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
numpy.concatenate(vectors).astype("<f4").tofile(out_file)
tokens = sum(map(len, sentences))
print(json.dumps({"tokens": tokens, "seconds": wall, "cpuSeconds": cpu, "loadSeconds": loaded}))
