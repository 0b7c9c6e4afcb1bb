"""Makes `module/`, a tiny module in the form of TF-Hub's elmo/2 and elmo/3, and `numbers.json`, what it computes.

    python3 -m venv /tmp/tf && /tmp/tf/bin/pip install tensorflow-cpu==2.21.0
    /tmp/tf/bin/python test/models/embedders/hubModule/make.py

Like the published modules it is a SavedModel of TensorFlow 1: the tag set is empty (a second graph is tagged
`train`), variables come from a checkpoint, the LSTMs are loops, and the signatures are `tokens` and `default`.
Its weights are random, its sizes 8 and 16 instead of 512 and 1,024, and its parts simpler: a word is read by the
mean vector of its bytes, and the LSTMs have no projection.
"""

import json
import os
import shutil

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import numpy as np
import tensorflow as tf

tf.get_logger().setLevel("ERROR")
tf1 = tf.compat.v1
HERE = os.path.dirname(os.path.abspath(__file__))
MODULE = os.path.join(HERE, "module")
BYTES = 16  # of each word, longer ones are cut
SIZE = 8  # of a word's vector and of each direction
SENTENCES = [
    "The harbour froze early that winter .",
    "Gulls",
    "Zoë bought three pears and a Brötchen",
    "naïve 東京 readers skim internationalisation 🐟",
]


def variable(name, shape, random):
    return tf1.get_variable(name, initializer=random.normal(0, 0.4, shape).astype(np.float32))


def variables():
    random = np.random.default_rng(20)
    return {
        "bytes": variable("bytes", [256, SIZE], random),
        "dense": variable("dense", [SIZE, SIZE], random),
        "lstms": [
            (
                variable(f"lstm{layer}/kernel", [2, 2 * SIZE, 4 * SIZE], random),
                variable(f"lstm{layer}/bias", [2, 1, 4 * SIZE], random),
            )
            for layer in (1, 2)
        ],
        "mix": variable("aggregation/weights", [3], random),
        "scale": variable("aggregation/scaling", [], random),
    }


def word_vectors(tokens, v):
    """tokens [B, T] -> [B, T, SIZE]"""
    ids = tf.cast(tf.io.decode_raw(tokens, tf.uint8, fixed_length=BYTES), tf.int32)
    present = tf.cast(ids > 0, tf.float32)[..., tf.newaxis]
    mean = tf.reduce_sum(tf.gather(v["bytes"], ids) * present, 2) / tf.maximum(tf.reduce_sum(present, 2), 1.0)
    return tf.tanh(tf.einsum("bti,ij->btj", mean, v["dense"]))


def lstm(x, kernel, bias):
    """x [T, 2 directions, B, SIZE] -> the same shape; gates in the order input, cell, forget, output"""
    zero = tf.zeros(tf.shape(x)[1:])

    def step(state, x_t):
        c, h = state
        i, j, f, o = tf.split(tf.concat([x_t, h], 2) @ kernel + bias, 4, 2)
        c = c * tf.sigmoid(f + 1.0) + tf.sigmoid(i) * tf.tanh(j)
        return c, tf.sigmoid(o) * tf.tanh(c)

    return tf.scan(step, x, initializer=(zero, zero))[1]


def outputs_of(tokens, lengths, v):
    embedded = word_vectors(tokens, v)
    mask = tf.sequence_mask(lengths, tf.shape(tokens)[1], tf.float32)[..., tf.newaxis]
    reverse = lambda x: tf.reverse_sequence(x, lengths, seq_axis=0, batch_axis=1)
    steps = tf.transpose(embedded, [1, 0, 2])
    state = tf.stack([steps, reverse(steps)], 1)  # [T, 2, B, SIZE]
    layers = [tf.concat([embedded, embedded], 2)]
    for kernel, bias in v["lstms"]:
        state = lstm(state, kernel, bias)
        both = tf.concat([state[:, 0], reverse(state[:, 1])], 2)
        layers.append(tf.transpose(both, [1, 0, 2]) * mask)
    shares = tf.unstack(tf.nn.softmax(v["mix"]))
    elmo = v["scale"] * tf.add_n([share * layer for share, layer in zip(shares, layers)])
    return {
        "word_emb": embedded,
        "lstm_outputs1": layers[1],
        "lstm_outputs2": layers[2],
        "elmo": elmo,
        "default": tf.reduce_sum(elmo * mask, 1) / tf.reduce_sum(mask, 1),
    }


def signature(inputs, outputs):
    info = lambda tensors: {name: tf1.saved_model.build_tensor_info(t) for name, t in tensors.items()}
    return tf1.saved_model.build_signature_def(info(inputs), info(outputs), "")


def tokens_signature(v):
    tokens = tf1.placeholder(tf.string, [None, None], "tokens")
    lengths = tf1.placeholder(tf.int32, [None], "sequence_len")
    return signature({"tokens": tokens, "sequence_len": lengths}, outputs_of(tokens, lengths, v))


def default_signature(v):
    strings = tf1.placeholder(tf.string, [None], "strings")
    split = tf1.string_split(strings, " ")
    lengths = tf1.bincount(tf.cast(split.indices[:, 0], tf.int32), minlength=tf.size(strings))
    return signature({"strings": strings}, outputs_of(tf.sparse.to_dense(split, ""), lengths, v))


def write_module():
    shutil.rmtree(MODULE, ignore_errors=True)
    builder = tf1.saved_model.Builder(MODULE)
    options = {"strip_default_attrs": True, "clear_devices": True}
    with tf1.Graph().as_default() as graph, tf1.Session() as session:
        v = variables()
        ends = {"tokens": tokens_signature(v), "default": default_signature(v)}
        graph.clear_collection(tf1.GraphKeys.WHILE_CONTEXT)  # only gradients need it
        session.run(tf1.global_variables_initializer())
        builder.add_meta_graph_and_variables(session, [], signature_def_map=ends, **options)
    with tf1.Graph().as_default() as graph:
        ends = {"tokens": tokens_signature(variables())}
        graph.clear_collection(tf1.GraphKeys.WHILE_CONTEXT)
        builder.add_meta_graph(["train"], signature_def_map=ends, **options)
    builder.save()
    with open(os.path.join(MODULE, "tfhub_module.pb"), "wb") as file:
        file.write(b"\x08\x03")  # format 3, as TensorFlow Hub 1 writes it


def run(session, graph, name, feed):
    ends = graph.signature_def[name]
    fed = {ends.inputs[key].name: value for key, value in feed.items()}
    found = session.run({key: info.name for key, info in ends.outputs.items()}, fed)
    return {
        key: {"shape": list(value.shape), "values": [float(f"{x:.9g}") for x in value.flat]}
        for key, value in found.items()
    }


def write_numbers():
    words = [sentence.split(" ") for sentence in SENTENCES]
    longest = max(map(len, words))
    padded = [sentence + [""] * (longest - len(sentence)) for sentence in words]
    with tf1.Graph().as_default(), tf1.Session() as session:
        graph = tf1.saved_model.load(session, [], MODULE)
        numbers = {
            "tensorflow": tf.__version__,
            "sentences": SENTENCES,
            "tokens": run(session, graph, "tokens", {"tokens": padded, "sequence_len": list(map(len, words))}),
            "default": run(session, graph, "default", {"strings": SENTENCES}),
        }
    with open(os.path.join(HERE, "numbers.json"), "w", encoding="utf-8") as file:
        json.dump(numbers, file, ensure_ascii=False, sort_keys=True)
        file.write("\n")


tf1.disable_v2_behavior()
write_module()
write_numbers()
