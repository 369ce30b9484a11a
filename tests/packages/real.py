#!/usr/bin/env python3
"""The real clients and registries: hello servers of Gin, Flask and FastAPI, and a package of npm.

    GEN_TEST_NETWORK=1 real.py GEN

Exit status 77: not asked for, or a tool is missing.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

ARTICLE = """# Packages

```go serve id=gin deps=gin@v1.10.0 req="GET /hello"
package main

import "github.com/gin-gonic/gin"

func main() {
	r := gin.New()
	r.GET("/hello", func(c *gin.Context) { c.String(200, "hello") })
	r.Run()
}
```

```python serve id=flask deps=flask==3.0.3 req="GET /hello"
from flask import Flask

app = Flask(__name__)
app.get("/hello")(lambda: "hello")
app.run(port=8080)
```

```python serve id=fastapi deps="fastapi==0.115.0 uvicorn==0.30.6" req="GET /hello"
import uvicorn
from fastapi import FastAPI

app = FastAPI()
app.get("/hello")(lambda: "hello")
uvicorn.run(app, port=8080)
```

```javascript run id=npm deps=ms@2.1.3
console.log(require("ms")("2 days"))
```
"""


def main():
    if not os.environ.get("GEN_TEST_NETWORK"):
        print("GEN_TEST_NETWORK is not set")
        sys.exit(77)
    for tool in ("go", "python3", "node", "npm"):
        if not shutil.which(tool):
            print("there is no " + tool)
            sys.exit(77)
    with tempfile.TemporaryDirectory() as root:
        os.chmod(root, 0o755)
        os.makedirs(root + "/content")
        for name, text in (("gen.yaml", "title: Packages\n"), ("content/a.md", ARTICLE)):
            with open(root + "/" + name, "w") as f:
                f.write(text)
        words = [sys.argv[1], "run", "--json", "--source", root]
        env = dict(os.environ, XDG_CACHE_HOME=root + "/cache")
        for more, state in (["--fetch"], "recorded"), ([], "unchanged"), (["--verify"], "same"):
            done = subprocess.run(words + more, capture_output=True, env=env, timeout=500)
            for example in json.loads(done.stdout)["examples"]:
                if example["state"] != state:
                    sys.exit("%s: %s, expected %s: %s" % (example["id"], example["state"], state, example["why"]))


main()
