import type { FailureCode, FailureReason } from '../../../server/contract/failure.ts';

/** What happened, and what to do now. `{{wait}}` is a length of time. */
export const failures = {
  code: {
    'invalid-message': '提交的内容有误，未被接受。请检查填写的内容后重试；如反复出现，请刷新页面。',
    unauthenticated: '登录已失效。请重新登录，已保存的内容不会丢失。',
    forbidden: '您没有进行此操作的权限。如确需使用，请联系本院管理员。',
    'not-found': '没有找到这项内容。它可能已被撤销，或您无权查看；请返回工作台。',
    conflict: '内容已被他人更改，本次操作未执行。已为您显示最新情况，请核对后再操作。',
    'too-large': '内容过大，未被接受。请减少内容或拆分后重试。',
    'rate-limited': '操作过于频繁。请等待{{wait}}后再试。',
    'version-mismatch': '系统已更新。请刷新页面后继续，已保存的内容不会丢失。',
    unavailable: '暂时连不上服务器，本次操作可能未完成。请检查网络，稍后重试。',
    internal: '系统出现错误，本次操作未完成。请重试；如反复出现，请联系系统管理员，并告知所显示的编号。',
  },
  reason: {
    'wrong-password': '账号或密码不正确。请检查大小写后重试；连续输错 5 次，此处将暂时不能登录该账号。',
    'account-locked': '密码连续输错次数过多，此处暂时不能登录该账号。请在{{wait}}后再试，或联系本院管理员。',
    'session-expired': '登录已过期。请重新登录，已保存的内容不会丢失。',
    'cross-site': '此请求来自其他网站，已被拒绝。请直接打开本系统的地址再操作。',
    'too-many-windows': '本系统在此浏览器中打开的窗口过多。请关闭一些后再试。',
    'draft-incomplete': '申请尚未填写完整。请补充标出的项目后再提交。',
    'version-outdated': '在您操作之前，他人刚刚更改了内容。已为您显示最新情况，请核对后再操作。',
    'state-not-allowed': '会诊的状态已经变化，现在不能进行此操作。已为您显示最新情况。',
    'already-accepted': '另一位专家已先行受理此会诊，无需再次处理。',
    'consent-missing': '尚未登记患者知情同意。请先取得并登记同意，再提交申请。',
    'agreement-missing': '本院与该医院之间没有有效的协作协议。请选择其他医院，或联系本院管理员。',
    'service-not-agreed': '本院与该医院的协议未约定此类会诊。请改选会诊方式或其他医院，或联系本院管理员。',
    'facility-closed': '该机构已停用，不能进行此操作。请选择其他机构。',
    'facility-circular': '上级机构不能是该机构本身或其下级机构。',
    'facility-has-others-below': '该机构下还有正常使用的机构。请先调整或停用下级机构。',
    'code-taken': '另一机构已登记此统一社会信用代码。请核对。',
    'agreement-incomplete': '协议尚未填写完整，或有效期已过。请补充标出的项目。',
    'agreement-overlaps': '双方在此期间已有一份有效协议。请调整有效期。',
    'agreement-signed': '协议已由双方确认，不能再修改。可以续签或提前终止。',
    'signed-copy-missing': '请先上传签署件（PDF），再确认协议。',
    'signed-copy-not-pdf': '此文件不是 PDF，未上传。请将签署件扫描为 PDF。',
    'reason-missing': '请填写原因后再继续。',
    'not-dicom':
      '此文件不是可识别的检查资料，未上传。请选择从检查设备或 PACS 导出的 DICOM 文件，SVS、TIFF 切片，或 PDF、JPEG、PNG 文书。',
    'file-empty': '此文件是空的（0 字节），未上传。请重新导出后再选择。',
    'file-truncated': '此文件不完整，可能在拷贝时中断。请重新导出或拷贝后再上传。',
    'file-damaged': '此文件已损坏，无法读取。请从检查设备、切片扫描仪或 PACS 重新导出。',
    'file-too-large': '此文件超过单个文件 2 GB 的上限，未上传。请拆分后导出再上传。',
    'uploads-unfinished': '您未传完的文件过多或过大。请等正在进行的上传完成后，再添加新的文件。',
    'hash-mismatch': '收到的文件与原文件不一致，已丢弃。请重新上传此文件。',
    'offset-mismatch': '上传进度与服务器不一致，正从服务器已收到的位置继续。如未自动继续，请重新选择此文件。',
    'storage-full': '服务器存储空间已满，暂时无法保存。已收到的部分不会丢失；请联系系统管理员后继续。',
    'instance-differs': '系统中已有编号相同但内容不同的文件，为避免混淆未保存。请核对来源，并联系出具资料的科室。',
    'no-pixels': '此文件中没有可显示的图像。',
    'transfer-syntax-unsupported':
      '此影像采用设备厂商专用或暂不支持的压缩方式，无法显示；原始文件已保存。请在 PACS 或检查设备上以标准传输语法（如不压缩）重新导出后再上传。',
    'ecg-format-unsupported':
      '暂不支持此心电图格式（SCP-ECG、HL7 aECG、EDF、WFDB）。请在心电图机或心电系统中导出为 DICOM 格式后再上传。',
    'no-ecg': '此文件中没有可显示的心电图导联。',
    'waveform-uncalibrated':
      '此心电图缺少灵敏度或单位，无法按真实电压显示，为避免误读未绘制。请从心电图机或心电系统重新导出。',
    'waveform-inconsistent':
      '此心电图的采样数据与其说明不一致（导联长度、导联数或采样率有误），为避免误读未绘制。请重新导出。',
    'waveform-encoding-unsupported': '暂不支持此心电图的采样格式。请从心电图机或心电系统以 16 位格式重新导出。',
    'not-slide': '此文件不是可识别的数字病理切片。请选择 SVS、金字塔 TIFF 或 DICOM 病理切片文件。',
    'slide-not-tiled':
      '此切片没有分块保存，无法直接阅览，原始文件不受影响。请用扫描仪软件另存为 SVS 或 DICOM 后再上传。',
    'slide-encoding-unsupported':
      '暂不支持此切片的编码方式，为避免颜色失真未显示，原始文件不受影响。请用扫描仪软件另存为 SVS 或 DICOM 后再上传。',
    'slide-only-label':
      '此切片的文件中只有标签或全貌图，或没有注明哪一幅是切片本身（Image Type），无法阅览。请用扫描仪软件完整导出后再上传。',
    'uid-too-long':
      '此文件的编号（UID）超过 DICOM 标准规定的 64 个字符，未上传。文件本身可能完好；请联系出具资料的软件厂商更正后重新导出。',
    'pdf-encrypted': '此 PDF 设有打开密码，无法显示，未上传。请用密码打开后另存为不加密的 PDF，或打印后拍照上传。',
    'document-too-large': '此文书过大（上限 100 MB、2000 页、1.1 亿像素），未上传。请拆分或缩小后再上传。',
    'photograph-metadata':
      '此照片仍带有拍摄地点、时间或设备等信息，为保护隐私未保存。请在本系统的上传页面选择照片，页面会自动去除这些信息。',
    'photograph-format-unsupported':
      '暂不支持此图片格式（如 HEIC、WebP、GIF、BMP），未上传。请另存为 JPEG 或 PNG；iPhone 请在“设置→相机→格式”中选“兼容性最佳”后重拍。',
    'office-format-unsupported': '不能直接显示 Word、Excel、WPS 等文档，未上传。请在原软件中“另存为 PDF”后再上传。',
    'not-author': '这是他人的标注，只有作者可以修改。',
    'annotation-changed': '标注已有变化，不能再撤销或重做。',
    'report-signed': '会诊意见已签名，不能再修改。',
    'signature-password': '签名密码不正确，意见尚未签发。请重新输入您的登录密码。',
    'adoption-incomplete': '请对每条建议作出答复；未采纳或部分采纳的，请说明原因。',
    'token-invalid': '进入会诊室的凭证无效。请返回会诊页面重新进入。',
    'token-expired': '进入会诊室的凭证已过期。请返回会诊页面重新进入。',
    'room-closed': '本次视频会诊已经结束。',
    'in-other-window': '您已在另一个窗口进入该会诊室。',
    'sfu-unreachable': '暂时连不上音视频服务，正在重试。阅片和文字交流不受影响。',
    'media-preparing': '视频正在准备，几分钟后即可使用；其他功能不受影响。',
    'media-failed': '视频服务没有准备好，现在不能视频会诊。请联系系统管理员；阅片和文字交流不受影响。',
    'database-unreachable': '服务器暂时无法读取数据。请稍等片刻后重试，已保存的内容不会丢失。',
  },
  aWhile: '几分钟',
  requestId: '编号 {{requestId}}',
} satisfies { code: Record<FailureCode, string>; reason: Record<FailureReason, string>; [other: string]: unknown };
