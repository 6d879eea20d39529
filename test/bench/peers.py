"""The benchmark's networks in PyTorch and TensorFlow, for comparison. Usage: peers.py torch|tensorflow CASE THREADS BUDGET_MS; prints the milliseconds of each step as JSON."""

import json
import os
import sys
import time

library, case, threads, budget_ms = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
for name in ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):
    os.environ[name] = str(threads)
BATCH, CLASSES, WEIGHTS = 64, 10, (1.0, 0.3, 0.3)


def timed(step):
    for _ in range(3):
        step()
    times, started = [], time.perf_counter()
    while len(times) < 10 or (time.perf_counter() - started) * 1e3 < budget_ms:
        before = time.perf_counter()
        step()
        times.append((time.perf_counter() - before) * 1e3)
    print(json.dumps({"times": times}))


def torch_step():
    import torch
    import torch.nn.functional as F
    from torch import nn

    torch.set_num_threads(threads)

    def conv(i, f, k):
        return nn.Sequential(nn.Conv2d(i, f, k, padding=k // 2), nn.ReLU())

    class Inception(nn.Module):
        def __init__(self, i, a, b1, b2, c1, c2, d):
            super().__init__()
            self.a = conv(i, a, 1)
            self.b = nn.Sequential(conv(i, b1, 1), conv(b1, b2, 3))
            self.c = nn.Sequential(conv(i, c1, 1), conv(c1, c2, 5))
            self.d = nn.Sequential(nn.MaxPool2d(3, 1, 1), conv(i, d, 1))

        def forward(self, x):
            return torch.cat([self.a(x), self.b(x), self.c(x), self.d(x)], 1)

    class Head(nn.Module):
        def __init__(self, i, n):
            super().__init__()
            self.n = nn.Sequential(nn.AvgPool2d(5, 3), conv(i, 32, 1), nn.Flatten(), nn.Linear(32 * n * n, 64), nn.ReLU(), nn.Linear(64, CLASSES))

        def forward(self, x):
            return self.n(x)

    class MiniInception(nn.Module):
        def __init__(self):
            super().__init__()
            self.stem = nn.Sequential(conv(1, 32, 3), nn.MaxPool2d(2))
            self.i1, self.i2 = Inception(32, 16, 16, 32, 4, 8, 8), Inception(64, 32, 32, 48, 8, 16, 16)
            self.i3, self.i4 = Inception(112, 48, 24, 52, 4, 12, 16), Inception(128, 64, 32, 64, 8, 16, 16)
            self.h1, self.h2, self.o, self.p = Head(64, 4), Head(128, 1), nn.Linear(160, CLASSES), nn.MaxPool2d(2)

        def forward(self, x):
            x = self.i1(self.stem(x))
            h1 = self.h1(x)
            x = self.i3(self.p(self.i2(x)))
            h2 = self.h2(x)
            return self.o(self.i4(x).mean((2, 3))), h1, h2

    class Mlp(nn.Module):
        def __init__(self):
            super().__init__()
            self.t = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU())
            self.h = nn.ModuleList([nn.Linear(128, CLASSES) for _ in range(3)])

        def forward(self, x):
            x = self.t(x)
            return [h(x) for h in self.h]

    class Lstm(nn.Module):
        def __init__(self):
            super().__init__()
            self.m, self.h = nn.LSTM(28, 128, batch_first=True), nn.Linear(128, CLASSES)

        def forward(self, x):
            return [self.h(self.m(x)[0][:, -1])]

    make, shape = {"mini-inception": (MiniInception, (BATCH, 1, 28, 28)), "mlp": (Mlp, (BATCH, 64)), "lstm": (Lstm, (BATCH, 28, 28))}[case]
    model, x = make(), torch.randn(shape)
    if case == "mini-inception":
        model, x = model.to(memory_format=torch.channels_last), x.to(memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(model.parameters(), 1e-3)
    y = torch.randint(0, CLASSES, (BATCH,))

    def step():
        optimizer.zero_grad()
        losses = [F.cross_entropy(output, y) for output in model(x)]
        total = sum(weight * loss for weight, loss in zip(WEIGHTS, losses))
        total.backward()
        optimizer.step()
        return [loss.item() for loss in losses]

    return step


def tensorflow_step():
    import keras
    import tensorflow as tf
    from keras import layers as L

    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(threads)

    def conv(x, f, k):
        return L.Conv2D(f, k, padding="same", activation="relu")(x)

    def inception(x, a, b1, b2, c1, c2, d):
        return L.Concatenate()([conv(x, a, 1), conv(conv(x, b1, 1), b2, 3), conv(conv(x, c1, 1), c2, 5), conv(L.MaxPooling2D(3, 1, padding="same")(x), d, 1)])

    def head(x):
        x = L.Flatten()(conv(L.AveragePooling2D(5, 3)(x), 32, 1))
        return L.Dense(CLASSES)(L.Dense(64, activation="relu")(x))

    def mini_inception():
        i = keras.Input((28, 28, 1))
        x = L.MaxPooling2D(2)(conv(i, 32, 3))
        x = inception(x, 16, 16, 32, 4, 8, 8)
        h1 = head(x)
        x = inception(L.MaxPooling2D(2)(inception(x, 32, 32, 48, 8, 16, 16)), 48, 24, 52, 4, 12, 16)
        h2 = head(x)
        x = L.GlobalAveragePooling2D()(inception(x, 64, 32, 64, 8, 16, 16))
        return keras.Model(i, [L.Dense(CLASSES)(x), h1, h2])

    def mlp():
        i = keras.Input((64,))
        x = L.Dense(128, activation="relu")(L.Dense(128, activation="relu")(i))
        return keras.Model(i, [L.Dense(CLASSES)(x) for _ in range(3)])

    def lstm():
        i = keras.Input((28, 28))
        return keras.Model(i, [L.Dense(CLASSES)(L.LSTM(128)(i))])

    make, shape = {"mini-inception": (mini_inception, (BATCH, 28, 28, 1)), "mlp": (mlp, (BATCH, 64)), "lstm": (lstm, (BATCH, 28, 28))}[case]
    model, optimizer = make(), keras.optimizers.Adam(1e-3)
    x, y = tf.random.normal(shape), tf.random.uniform((BATCH,), 0, CLASSES, tf.int32)
    optimizer.build(model.trainable_variables)

    @tf.function(jit_compile=False)
    def graph_step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            outputs = outputs if isinstance(outputs, list) else [outputs]
            losses = [tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y, output)) for output in outputs]
            total = tf.add_n([weight * loss for weight, loss in zip(WEIGHTS, losses)])
        optimizer.apply(tape.gradient(total, model.trainable_variables), model.trainable_variables)
        return tf.stack(losses)

    return lambda: graph_step(x, y).numpy()


timed({"torch": torch_step, "tensorflow": tensorflow_step}[library]())
