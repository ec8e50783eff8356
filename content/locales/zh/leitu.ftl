serve-plain-http = 没有启动：{ $listen } 不是本机地址，而且没有 https。请用 --tls-cert 和 --tls-key 给出证书，或放在代理之后用 --public-url 和 --trusted-proxy，或在没有证书的封闭网络里明确写 --insecure-http
port-taken = 没有启动：{ $listen } 已被别的程序占用。请用 --listen 换一个端口
cannot-listen = 没有启动：不能在 { $listen } 上监听（{ $why }）。请用 --listen 换一个地址
data-dir = 不能使用数据目录 { $dir }（{ $why }）。请检查权限，或用 --data-dir 换一个
set-up-code = 还没有账号。请打开上面的地址，用一次性代码 { $code } 开始设置
